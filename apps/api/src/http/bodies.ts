import type { FastifyInstance } from 'fastify';
import { ApiProblem } from '../problems/api-problem.js';

const JSON_TYPES = ['application/json', 'application/cloudevents+json', 'application/cloudevents-batch+json'];
const utf8 = new TextDecoder('utf-8', { fatal: true });

/** What bodies the server reads. NDJSON is handed on unread, as a stream, and so has no limit here. */
export function readBodies(server: FastifyInstance): void {
  server.removeAllContentTypeParsers();
  server.addHook('preParsing', async (request) => {
    const encoding = request.headers['content-encoding'];
    if (!encoding || encoding === 'identity' || isNdjson(request.headers['content-type'])) return;
    throw new ApiProblem('unsupported-encoding', `The encoding "${encoding.slice(0, 40)}" is not read here.`);
  });
  server.addContentTypeParser(JSON_TYPES, { parseAs: 'buffer' }, async (_: unknown, body: Buffer) => (body.length === 0 ? undefined : parseJson(body)));
  server.addContentTypeParser('application/x-www-form-urlencoded', { parseAs: 'string', bodyLimit: 16_384 },
    async (_: unknown, body: string) => Object.fromEntries(new URLSearchParams(body)));
  server.addContentTypeParser(/^application\/(x-)?ndjson(\s*;|$)/, (_request, payload, done) => done(null, payload));
}

export const isNdjson = (contentType = '') => /^application\/(x-)?ndjson\s*(;|$)/i.test(contentType);

function parseJson(body: Buffer): unknown {
  try {
    return JSON.parse(utf8.decode(body));
  } catch (error) {
    // The parser's own words may quote the body; the place is enough.
    const place = /position (\d+)/.exec((error as Error).message)?.[1];
    throw new ApiProblem('invalid-json', error instanceof SyntaxError ? `The body is not JSON${place ? `, from character ${place}` : ''}.` : 'The body is not UTF-8.');
  }
}

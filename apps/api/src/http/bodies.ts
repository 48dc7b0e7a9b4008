import type { IncomingMessage, ServerResponse } from 'node:http';
import { PassThrough, type Readable } from 'node:stream';
import type { FastifyInstance } from 'fastify';
import { ApiProblem } from '../problems/api-problem.js';

export const EVENT_TYPES = ['application/json', 'application/cloudevents+json', 'application/cloudevents-batch+json'];
const FORM_BYTES = 16_384;
const utf8 = new TextDecoder('utf-8', { fatal: true });

/** What bodies the server reads, and how long it waits for them. NDJSON is handed on unread, as a stream, and so has no limit here. */
export function readBodies(server: FastifyInstance, patienceMs: number): void {
  server.removeAllContentTypeParsers();
  server.addHook('preParsing', async (request, reply, payload) => {
    if (isNdjson(request.headers['content-type'])) return payload;
    const encoding = request.headers['content-encoding'] ?? 'identity';
    if (encoding !== 'identity') throw new ApiProblem('unsupported-encoding', `The encoding "${encoding.slice(0, 40)}" is not read here.`);
    return isThere(request.raw) ? payload : inTime(payload as Readable, reply.raw, patienceMs);
  });
  server.addContentTypeParser(EVENT_TYPES, { parseAs: 'buffer' }, async (_: unknown, body: Buffer) => (body.length === 0 ? undefined : parseJson(body)));
  server.addContentTypeParser('application/x-www-form-urlencoded', { parseAs: 'string', bodyLimit: FORM_BYTES },
    async (_: unknown, body: string) => Object.fromEntries(new URLSearchParams(body)));
  server.addContentTypeParser(/^application\/(x-)?ndjson(\s*;|$)/, (_request, payload, done) => done(null, payload));
}

export const isNdjson = (contentType = '') => /^application\/(x-)?ndjson\s*(;|$)/i.test(contentType);

/** A small body comes with its head, so that there is nothing to wait for: all of its bytes are there, though the parser may not have said yet that they are all. */
const isThere = ({ complete, readableLength, headers }: IncomingMessage): boolean => complete || readableLength >= Number(headers['content-length']);

/** The same bytes, or a problem when they do not all come in time: each slow sender would keep its part of a body here. */
function inTime(payload: Readable, answer: ServerResponse, patienceMs: number): Readable {
  const whole = new PassThrough();
  const timer = setTimeout(() => {
    whole.destroy(new ApiProblem('timeout', `The body did not arrive within ${patienceMs / 1_000} seconds.`, { headers: { connection: 'close' } }));
  }, patienceMs);
  payload.once('error', (error) => whole.destroy(error));
  // Whoever reads it is told too; a body that is refused unread has nobody else.
  whole.on('error', () => payload.unpipe(whole));
  whole.once('end', () => clearTimeout(timer));
  answer.once('close', () => clearTimeout(timer));
  return payload.pipe(whole);
}

function parseJson(body: Buffer): unknown {
  try {
    return JSON.parse(utf8.decode(body));
  } catch (error) {
    // The parser's own words may quote the body; the place is enough.
    const place = /position (\d+)/.exec((error as Error).message)?.[1];
    throw new ApiProblem('invalid-json', error instanceof SyntaxError ? `The body is not JSON${place ? `, from character ${Number(place) + 1}` : ''}.` : 'The body is not UTF-8.');
  }
}

import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import type { FastifyInstance } from 'fastify';
import { ApiProblem } from '../problems/api-problem.js';
import { asyncApiText } from '../asyncapi/document.js';
import { openApiText } from './document.js';

const FILES: Readonly<Record<string, string>> = { 'swagger-ui.css': 'text/css', 'swagger-ui-bundle.js': 'text/javascript' };
/** Swagger UI sets a heading and its description side by side at any width. */
const NARROW = '@media (max-width: 640px) { .swagger-ui .opblock-tag { flex-wrap: wrap; } .swagger-ui .opblock-tag small { flex: 1 0 100%; padding: 4px 0; } }';
const PAGE = `<!doctype html><html lang="en"><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><title>Touchline API</title>
<link rel="stylesheet" href="/docs/swagger-ui.css"><style>${NARROW}</style><div id="docs"></div><script src="/docs/swagger-ui-bundle.js"></script>
<script>SwaggerUIBundle({ url: '/openapi.json', dom_id: '#docs', deepLinking: true })</script></html>`;

/** `/openapi.json`, `/asyncapi.json` and `/docs`, for everybody. A document is made when it is first asked for. */
export function serveDocument(server: FastifyInstance): void {
  let document: string | undefined;
  let ofEvents: string | undefined;
  server.get('/openapi.json', async (_, reply) => reply.type('application/json').send(document ??= openApiText()));
  server.get('/asyncapi.json', async (_, reply) => reply.type('application/json').send(ofEvents ??= asyncApiText()));
  server.get('/docs', async (_, reply) => reply.type('text/html; charset=utf-8').send(PAGE));
  server.get<{ Params: { file: string } }>('/docs/:file', async ({ params: { file } }, reply) => {
    const type = Object.hasOwn(FILES, file) ? FILES[file] : undefined;
    if (!type) throw new ApiProblem('not-found', 'The documentation has no such file.');
    return reply.type(type).send(await readFile(createRequire(import.meta.url).resolve(`swagger-ui-dist/${file}`)));
  });
}

import { randomUUID } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import type { FastifyInstance } from 'fastify';

const SANE = /^[A-Za-z0-9._-]{8,64}$/;

/** The sender's X-Request-Id where it is short and harmless, else one of ours. */
export function requestIdOf({ headers }: Pick<IncomingMessage, 'headers'>): string {
  const sent = headers['x-request-id'];
  return typeof sent === 'string' && SANE.test(sent) ? sent : randomUUID();
}

/** Every answer names its request. */
export function tellRequestId(server: FastifyInstance): void {
  server.addHook('onRequest', (request, reply, done) => { void reply.header('x-request-id', request.id); done(); });
}

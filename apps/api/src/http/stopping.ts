import { type BeforeApplicationShutdown, Injectable } from '@nestjs/common';
import type { FastifyInstance } from 'fastify';
import { ApiProblem } from '../problems/api-problem.js';

/** Aborted when the process is told to stop: what has begun is brought to an end, nothing new is begun. */
@Injectable()
export class Stopping implements BeforeApplicationShutdown {
  private readonly controller = new AbortController();
  readonly signal = this.controller.signal;

  beforeApplicationShutdown(): void {
    this.controller.abort();
  }
}

const LIVE = '/health/live';

/** Once stopping, a kept-alive connection that sends another request is told to come again, and closed. */
export function refuseWhenStopping(server: FastifyInstance, { signal }: Stopping): void {
  server.addHook('onRequest', (request, reply, done) => {
    if (!signal.aborted) return done();
    void reply.header('connection', 'close');
    done(request.routeOptions.url === LIVE ? undefined : new ApiProblem('not-ready', 'The service is shutting down.', { headers: { 'retry-after': '2' } }));
  });
}

import type { LoggerService } from '@nestjs/common';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { type Logger, pino } from 'pino';
import { tell } from '#event-store';

export const LOGGER = Symbol('Logger');

/** Lines wait so long for others, in milliseconds, and go out together: a process that is killed may take its last ones with it. */
const TOGETHER_MS = 100;

/** `to`: a file or a descriptor, standard output when left out. */
export const createLogger = (level: string, to: string | number = 1): Logger => pino(
  { level, base: { app: 'api' }, timestamp: pino.stdTimeFunctions.isoTime }, pino.destination({ dest: to, sync: false, minLength: 8_192, periodicFlush: TOGETHER_MS }));

/** What a log may say of an error: its kind and where it came from. Its message may quote what was sent, so it stays out. */
export function traceOf(error: unknown): { error: string; code?: string; frames: string[] } {
  const { name, code, stack } = (error ?? {}) as { name?: string; code?: string; stack?: string };
  const frames = (stack ?? '').split('\n').filter((line) => /^\s+at /.test(line)).slice(0, 8).map((line) => line.trim());
  return { error: name ?? typeof error, ...(typeof code === 'string' ? { code } : {}), frames };
}

/** One line per answered request, and its measure: the route's pattern instead of its path, no query, no body, no key. */
export function logRequests(server: FastifyInstance, logger: Logger): void {
  server.addHook('onResponse', (request: FastifyRequest, reply, done) => {
    const route = request.routeOptions.url ?? 'unknown';
    tell('request', { method: request.method, route, status: reply.statusCode, seconds: reply.elapsedTime / 1_000 });
    const { caller } = request as FastifyRequest & { caller?: { tenant: string; keyId: string } };
    logger.info({
      requestId: request.id, method: request.method, route, status: reply.statusCode,
      ms: Math.round(reply.elapsedTime), ...(caller ? { tenant: caller.tenant, key: caller.keyId } : {}),
    }, 'request');
    done();
  });
}

/** Nest's own messages in the same log. */
export class NestLog implements LoggerService {
  constructor(private readonly logger: Logger) {}

  log(message: unknown): void {
    this.logger.debug({ nest: String(message) });
  }

  warn(message: unknown): void {
    this.logger.warn({ nest: String(message) });
  }

  error(message: unknown): void {
    this.logger.error(message instanceof Error ? traceOf(message) : { nest: String(message).split('\n')[0] });
  }

  fatal(message: unknown): void {
    this.error(message);
  }
}

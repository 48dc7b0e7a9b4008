import { Readable } from 'node:stream';
import { Inject, Injectable } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Logger } from 'pino';
import { type Answering, lineByLine } from './line-by-line.js';
import { LOGGER } from './logging.js';
import { Stopping } from './stopping.js';

/** Answers what takes long, in NDJSON as it goes; who hangs up ends it. */
@Injectable()
export class LongAnswers {
  constructor(@Inject(LOGGER) private readonly logger: Logger, @Inject(Stopping) private readonly stopping: Stopping) {}

  send(lines: AsyncIterable<object>, { request, reply, words }: { readonly request: FastifyRequest; readonly reply: FastifyReply; readonly words: Answering['words'] }): void {
    const told = lineByLine(lines, { requestId: request.id, logger: this.logger, stop: this.stopping.signal, words });
    void reply.code(200).header('cache-control', 'no-store').type('application/x-ndjson').send(Readable.from(told, { objectMode: false }));
  }
}

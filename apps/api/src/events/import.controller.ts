import { randomUUID } from 'node:crypto';
import { Readable } from 'node:stream';
import { Body, Controller, HttpCode, Inject, Param, Post, Query, Req, Res } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Logger } from 'pino';
import { importEvents, Intake, isOurId, Problem, RetractImport } from '#intake';
import type { Caller } from '../access/api-keys.js';
import { CallerParam, Scope } from '../access/scope.decorator.js';
import { Connections } from '../connections.js';
import { isNdjson } from '../http/bodies.js';
import { LOGGER } from '../http/logging.js';
import { Stopping } from '../http/stopping.js';
import { ApiProblem } from '../problems/api-problem.js';
import { NoQuery } from '../reads/queries.dto.js';
import { answerLines } from './answer-lines.js';
import { bytesOf } from './import-body.js';
import { lagOfReaders } from './lag-of-readers.js';
import { ImportQuery, RetractionDto } from './import.dto.js';

/** History in, as a stream of any length. */
@Controller('v1')
@Scope('imports:write')
export class ImportController {
  constructor(
    @Inject(Intake) private readonly intake: Intake,
    @Inject(CommandBus) private readonly commands: CommandBus,
    @Inject(LOGGER) private readonly logger: Logger,
    @Inject(Stopping) private readonly stopping: Stopping,
    @Inject(Connections) private readonly connections: Connections,
  ) {}

  /** Records NDJSON, gzip or not. Answers as it goes: lines that were not plainly appended, progress, and a summary at the end. */
  @Post('events/import')
  record(@CallerParam() { tenant, actor }: Caller, @Query() query: ImportQuery, @Req() request: FastifyRequest, @Res() reply: FastifyReply): void {
    const importId = query.import ?? randomUUID();
    const lines = importEvents(this.intake, bodyOf(request, this.stopping.signal), {
      tenant, actor, importId, mayDeclareObservedAt: true, clock: () => new Date(), dryRun: query.dryRun === 'true',
      lag: () => lagOfReaders(this.connections.worker), stop: this.stopping.signal,
    });
    const answer = Readable.from(answerLines(lines, request.id, this.logger), { objectMode: false });
    // A sender who was cut short may never end their body; the connection would stay open for it.
    reply.raw.once('finish', () => { if (!request.raw.complete) request.raw.socket.destroySoon(); });
    void reply.code(200).headers({ 'touchline-import': importId, 'cache-control': 'no-store' }).type('application/x-ndjson').send(answer);
  }

  /** Takes back every fact of an import. The facts stay in the log; from now on nothing counts them. */
  @Post('imports/:id/retraction')
  @HttpCode(200)
  async retract(@CallerParam() { tenant }: Caller, @Param('id') id: string, @Query() _: NoQuery, @Body() { reason }: RetractionDto) {
    if (!isOurId(id)) throw new ApiProblem('import-unknown', 'No import has this id.');
    const outcome = await this.commands.execute(new RetractImport(tenant, id, reason, new Date()));
    if (outcome instanceof Problem) throw new ApiProblem(outcome.code, outcome.detail);
    return outcome;
  }
}

function bodyOf({ headers, body }: FastifyRequest, stop: AbortSignal): AsyncIterable<Buffer> {
  if (body === undefined || body === null) return Readable.from([]);
  if (!isNdjson(headers['content-type']) || !(body instanceof Readable)) {
    throw new ApiProblem('unsupported-media-type', 'An import is application/x-ndjson: one event per line.');
  }
  const encoding = (headers['content-encoding'] ?? 'identity').trim().toLowerCase();
  if (encoding === 'identity' || encoding === 'gzip') return bytesOf(body, encoding === 'gzip', stop);
  throw new ApiProblem('unsupported-encoding', `The encoding "${encoding.slice(0, 40)}" is not read here; an import takes gzip and identity.`);
}

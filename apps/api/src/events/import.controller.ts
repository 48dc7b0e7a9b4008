import { randomUUID } from 'node:crypto';
import { pipeline, Readable } from 'node:stream';
import { createGunzip } from 'node:zlib';
import { Body, Controller, HttpCode, Inject, Param, Post, Query, Req, Res } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import { ApiConsumes, ApiProduces } from '@nestjs/swagger';
import { IsIn, IsOptional, Matches } from 'class-validator';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Logger } from 'pino';
import { importEvents, Intake, isOurId, Problem, RetractImport } from '#intake';
import type { Caller } from '../access/api-keys.js';
import { CallerParam, Scope } from '../access/scope.decorator.js';
import { isNdjson } from '../http/bodies.js';
import { LOGGER } from '../http/logging.js';
import { ApiProblem } from '../problems/api-problem.js';
import { answerLines } from './answer-lines.js';

export class ImportQuery {
  /** Joins the events of several requests, so that they can be taken back together; ours when left out. */
  @IsOptional() @Matches(/^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$/)
  import?: string;

  /** `true` checks everything and writes nothing. */
  @IsOptional() @IsIn(['true', 'false'])
  dryRun?: 'true' | 'false';
}

export class RetractionDto {
  /** Why, in your words. No personal data. */
  @Matches(/^[^\p{Cc}]{1,500}$/u)
  reason!: string;
}

/** History in, as a stream of any length. */
@Controller('v1')
@Scope('imports:write')
export class ImportController {
  constructor(
    @Inject(Intake) private readonly intake: Intake,
    @Inject(CommandBus) private readonly commands: CommandBus,
    @Inject(LOGGER) private readonly logger: Logger,
  ) {}

  /** Records NDJSON, gzip or not. Answers as it goes: lines that were not plainly appended, progress, and a summary at the end. */
  @Post('events/import')
  @ApiConsumes('application/x-ndjson')
  @ApiProduces('application/x-ndjson')
  record(@CallerParam() { tenant, actor }: Caller, @Query() query: ImportQuery, @Req() request: FastifyRequest, @Res() reply: FastifyReply): void {
    const importId = query.import ?? randomUUID();
    const lines = importEvents(this.intake, bodyOf(request), {
      tenant, actor, importId, mayDeclareObservedAt: true, clock: () => new Date(), dryRun: query.dryRun === 'true',
    });
    const answer = Readable.from(answerLines(lines, request.id, this.logger), { objectMode: false });
    void reply.code(200).headers({ 'touchline-import': importId, 'cache-control': 'no-store' }).type('application/x-ndjson').send(answer);
  }

  /** Takes back every fact of an import. The facts stay in the log; from now on nothing counts them. */
  @Post('imports/:id/retraction')
  @HttpCode(200)
  async retract(@CallerParam() { tenant }: Caller, @Param('id') id: string, @Body() { reason }: RetractionDto) {
    if (!isOurId(id)) throw new ApiProblem('import-unknown', 'No import has this id.');
    const outcome = await this.commands.execute(new RetractImport(tenant, id, reason, new Date()));
    if (outcome instanceof Problem) throw new ApiProblem(outcome.code, outcome.detail);
    return outcome;
  }
}

function bodyOf({ headers, body }: FastifyRequest): Readable {
  if (!isNdjson(headers['content-type']) || !(body instanceof Readable)) {
    throw new ApiProblem('unsupported-media-type', 'An import is application/x-ndjson: one event per line.');
  }
  const encoding = headers['content-encoding'] ?? 'identity';
  if (encoding === 'identity') return body;
  if (encoding === 'gzip') return pipeline(body, createGunzip(), () => undefined);
  throw new ApiProblem('unsupported-encoding', `The encoding "${encoding.slice(0, 40)}" is not read here.`);
}

import { Controller, Inject, Post, Query, Req, Res } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { verify } from '#event-store';
import { verifyAliases } from '#intake';
import { projections } from '#read-model';
import type { Caller } from '../access/api-keys.js';
import { CallerParam, Scope } from '../access/scope.decorator.js';
import { Connections } from '../connections.js';
import { LongAnswers } from '../http/long-answers.js';
import { verifyLines } from './verify-lines.js';
import { VerifyQuery } from './verify.dto.js';

const WORDS = { stopped: 'The verification stopped; nothing was changed.', again: 'Verify again.' };

/** The log, the directory of aliases and the read models held against each other. */
@Controller('v1/admin/verify')
@Scope('operator')
export class VerifyController {
  constructor(
    @Inject(Connections) private readonly connections: Connections,
    @Inject(LongAnswers) private readonly long: LongAnswers,
  ) {}

  /** Answers as it goes: how far it is, and the report as the last line. Who hangs up ends it. */
  @Post()
  verify(@CallerParam() { tenant }: Caller, @Query() { all }: VerifyQuery, @Req() request: FastifyRequest, @Res() reply: FastifyReply): void {
    const lines = verifyLines(verify(this.connections.worker, { projections: projections(), directory: verifyAliases, all: all === 'true' }), tenant);
    this.long.send(lines, { request, reply, words: WORDS });
  }
}

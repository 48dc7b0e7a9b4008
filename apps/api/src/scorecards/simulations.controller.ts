import { Body, Controller, Inject, Post, Query, Req, Res } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Caller } from '../access/api-keys.js';
import { CallerParam, Scope } from '../access/scope.decorator.js';
import { LongAnswers } from '../http/long-answers.js';
import { NoQuery } from '../reads/queries.dto.js';
import { SimulationDto } from './simulation.dto.js';
import { Simulations } from './simulations.js';

const WORDS = { stopped: 'It stopped under way; nothing was stored.', again: 'Nothing was stored; send it again.' };

/** Scorecards are tried on the whole history. */
@Controller('v1/scorecards/simulations')
@Scope('scorecards:write')
export class SimulationsController {
  constructor(
    @Inject(Simulations) private readonly simulations: Simulations,
    @Inject(LongAnswers) private readonly long: LongAnswers,
  ) {}

  /** Answers as it goes: how far it is, and what was found as the last line. Who hangs up ends it. */
  @Post()
  async simulate(@CallerParam() caller: Caller, @Query() _: NoQuery, @Body() body: SimulationDto, @Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    const trial = await this.simulations.trialOf(caller, body);
    this.long.send(this.simulations.simulate(trial, body), { request, reply, words: WORDS });
  }
}

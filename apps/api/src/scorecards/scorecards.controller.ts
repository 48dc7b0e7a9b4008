import { Body, Controller, HttpCode, Inject, Param, Post, Query, Req, Res } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Caller } from '../access/api-keys.js';
import { CallerParam, Scope } from '../access/scope.decorator.js';
import { LongAnswers } from '../http/long-answers.js';
import { NoQuery } from '../reads/queries.dto.js';
import { perspectiveOf } from './perspective.js';
import { ProposeDto } from './proposal.dto.js';
import { Proposals } from './proposals.js';
import { AssignDto, DecideDto, DraftDto, PublishDto } from './scorecard.dto.js';
import { Scorecards } from './scorecards.js';

const WORDS = { stopped: 'It stopped under way; nothing was decided.', again: 'Nothing was decided; send it again.' };

/** Scorecards are drafted, published, assigned, reverted and retired; outcomes propose weights for them. */
@Controller('v1/scorecards')
@Scope('scorecards:write')
export class ScorecardsController {
  constructor(
    @Inject(Scorecards) private readonly scorecards: Scorecards,
    @Inject(Proposals) private readonly proposals: Proposals,
    @Inject(LongAnswers) private readonly long: LongAnswers,
  ) {}

  /** A new version of a card, or a new card. */
  @Post()
  draft(@CallerParam() caller: Caller, @Query() _: NoQuery, @Body() body: DraftDto) {
    return this.scorecards.draft(caller, body);
  }

  /** Brings a version into force. Answers as it goes, in NDJSON; who hangs up ends it. */
  @Post(':id/publish')
  async publish(@CallerParam() caller: Caller, @Param('id') id: string, @Query() _: NoQuery, @Body() body: PublishDto, @Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    this.long.send(await this.scorecards.publish(caller, id, body), { request, reply, words: WORDS });
  }

  /** Brings the version into force that was before. */
  @Post(':id/revert')
  async revert(@CallerParam() caller: Caller, @Param('id') id: string, @Query() _: NoQuery, @Body() { reason }: DecideDto, @Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    this.long.send(await this.scorecards.revert(caller, id, reason), { request, reply, words: WORDS });
  }

  /** Weights that outcomes propose; stored as a draft when asked to. */
  @Post(':id/proposals')
  propose(@CallerParam() caller: Caller, @Param('id') id: string, @Query() _: NoQuery, @Body() body: ProposeDto, @Req() request: FastifyRequest, @Res() reply: FastifyReply): void {
    this.long.send(this.proposals.propose(caller, id, body), { request, reply, words: WORDS });
  }

  /** Takes a card that scores nobody out of force. */
  @Post(':id/retire')
  @HttpCode(200)
  retire(@CallerParam() caller: Caller, @Param('id') id: string, @Query() _: NoQuery, @Body() { reason }: DecideDto) {
    return this.scorecards.retire(caller, id, reason);
  }

  /** Says who is scored by which card. */
  @Post('assignments/:perspective')
  async assign(@CallerParam() caller: Caller, @Param('perspective') perspective: string, @Query() _: NoQuery, @Body() body: AssignDto, @Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    this.long.send(await this.scorecards.assign(caller, perspectiveOf(perspective), body), { request, reply, words: WORDS });
  }
}

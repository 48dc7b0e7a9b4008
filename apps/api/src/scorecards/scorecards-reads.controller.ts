import { Body, Controller, Get, HttpCode, Inject, Param, Post, Query, UseInterceptors } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import { diffCards, readyMadeCards } from '#insight';
import { GetScorecard, ListScorecards } from '#read-model';
import type { Caller } from '../access/api-keys.js';
import { CallerParam, Scope } from '../access/scope.decorator.js';
import { EtagInterceptor } from '../http/etag.interceptor.js';
import { NoQuery } from '../reads/queries.dto.js';
import { CheckDto, DiffQuery, VersionQuery } from './scorecard.dto.js';
import { ScorecardChecks } from './scorecard-checks.js';

/** What is known of scorecards. */
@Controller('v1/scorecards')
@Scope('customers:read')
@UseInterceptors(EtagInterceptor)
export class ScorecardsReadsController {
  constructor(@Inject(QueryBus) private readonly queries: QueryBus, @Inject(ScorecardChecks) private readonly checks: ScorecardChecks) {}

  /** Every card, who is scored by which, and what was decided. */
  @Get()
  list(@CallerParam() { tenant }: Caller, @Query() _: NoQuery) {
    return this.queries.execute(new ListScorecards({ tenant }));
  }

  /** Cards to begin with. */
  @Get('ready-made')
  readyMade(@Query() _: NoQuery) {
    return { scorecards: readyMadeCards };
  }

  /** What is wrong with a card, and of how many customers its measures are known. Nothing is stored. */
  @Post('checks')
  @HttpCode(200)
  check(@CallerParam() { tenant }: Caller, @Query() _: NoQuery, @Body() { card }: CheckDto) {
    return this.checks.check(tenant, card);
  }

  /** A card in full. */
  @Get(':id')
  one(@CallerParam() { tenant }: Caller, @Param('id') id: string, @Query() query: VersionQuery) {
    return this.queries.execute(new GetScorecard({ tenant, id, ...query }));
  }

  /** What one version changed of another. */
  @Get(':id/diff')
  async diff(@CallerParam() { tenant }: Caller, @Param('id') id: string, @Query() { from, to }: DiffQuery) {
    const { summary } = await this.queries.execute(new GetScorecard({ tenant, id }));
    const later = await this.queries.execute(new GetScorecard({ tenant, id, version: to ?? summary.newest }));
    const earlier = await this.queries.execute(new GetScorecard({ tenant, id, version: from ?? (summary.published === later.card.version ? Math.max(1, later.card.version - 1) : summary.published ?? later.card.version) }));
    return { id, from: earlier.card.version, to: later.card.version, changes: diffCards(earlier.card, later.card) };
  }
}

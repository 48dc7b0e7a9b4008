import { Body, Controller, Get, Inject, Param, Put, Query, UseInterceptors } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import { COMPANY, GetCoaching } from '#read-model';
import type { Caller } from '../access/api-keys.js';
import { CallerParam, Scope } from '../access/scope.decorator.js';
import { OwnFacts } from '../events/own-facts.js';
import { EtagInterceptor } from '../http/etag.interceptor.js';
import { MinPositionInterceptor } from '../http/min-position.interceptor.js';
import { NoQuery } from '../reads/queries.dto.js';
import { CoachingDto, CoachingQuery } from './experience.dto.js';

/** Whom of ours we coached, and what customers said before and after. */
@Controller('v1')
export class CoachingController {
  constructor(@Inject(OwnFacts) private readonly facts: OwnFacts, @Inject(QueryBus) private readonly queries: QueryBus) {}

  @Get('experience/coaching')
  @Scope('customers:read')
  @UseInterceptors(EtagInterceptor, MinPositionInterceptor)
  coaching(@CallerParam() { tenant }: Caller, @Query() { minPosition, ...query }: CoachingQuery) {
    return this.queries.execute(new GetCoaching({ ...query, tenant }));
  }

  /** Records a coaching, or replaces what was said of it; the same again is no new fact. */
  @Put('company/coachings/:coaching')
  @Scope('reports:write')
  async set(@CallerParam() caller: Caller, @Param('coaching') coaching: string, @Query() _: NoQuery, @Body() { of, who, topic, givenOn, void: isVoid }: CoachingDto) {
    const data = { coaching, of, who, topic, givenOn, ...(isVoid !== undefined && { void: isVoid }) };
    return { coaching, position: await this.facts.decide(caller, COMPANY, `coaching:${coaching}`, (facts) => (JSON.stringify(facts.at(-1)?.data) === JSON.stringify(data) ? null : { type: 'company.coaching-given', data })) };
  }
}

import { Body, Controller, Get, Inject, Param, Put, Query, UseInterceptors } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import { COMPANY, GetAttention } from '#read-model';
import type { Caller } from '../access/api-keys.js';
import { CallerParam, Scope } from '../access/scope.decorator.js';
import { OwnFacts } from '../events/own-facts.js';
import { EtagInterceptor } from '../http/etag.interceptor.js';
import { MinPositionInterceptor } from '../http/min-position.interceptor.js';
import { NoQuery } from '../reads/queries.dto.js';
import { AttentionQuery, MeetingDto } from './meetings.dto.js';

/** How much of its time the company's lead spends on customers. */
@Controller('v1/company')
export class MeetingsController {
  constructor(@Inject(OwnFacts) private readonly facts: OwnFacts, @Inject(QueryBus) private readonly queries: QueryBus) {}

  /** Minutes on customers, by quarter. */
  @Get('attention')
  @Scope('portfolio:read')
  @UseInterceptors(EtagInterceptor, MinPositionInterceptor)
  attention(@CallerParam() { tenant }: Caller, @Query() { minPosition, ...query }: AttentionQuery) {
    return this.queries.execute(new GetAttention({ ...query, tenant }));
  }

  /** Records a meeting, or replaces what was said of it; the same again is no new fact. */
  @Put('meetings/:meeting')
  @Scope('reports:write')
  async set(@CallerParam() caller: Caller, @Param('meeting') meeting: string, @Query() _: NoQuery, @Body() { body, heldOn, agenda }: MeetingDto) {
    const items = agenda.map(({ topic, minutes, aboutCustomers, decision }) => ({ topic, minutes, aboutCustomers, ...(decision !== undefined && { decision }) }));
    const data = { meeting, body, heldOn, agenda: items };
    return { meeting, position: await this.facts.decide(caller, COMPANY, `meeting:${meeting}`, (facts) => (JSON.stringify(facts.at(-1)?.data) === JSON.stringify(data) ? null : { type: 'company.meeting-held', data })) };
  }
}

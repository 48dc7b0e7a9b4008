import { Controller, Get, Inject, Query, UseInterceptors } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import { GetCompetition, GetDemand, GetInitiatives, GetOutcomes, GetPresence, GetPromises, GetTraceability } from '#read-model';
import type { Caller } from '../../access/api-keys.js';
import { CallerParam, Scope } from '../../access/scope.decorator.js';
import type { Html } from '../html.js';
import { withJumps } from '../jumps.js';
import { layout } from '../layout.js';
import { PageInterceptor } from '../page.interceptor.js';
import { DemandForm } from './demand-form.dto.js';
import { demandView } from './demand-view.js';

/** What customers ask for, what we do of it, and who hears of it. */
@Controller('demand')
@Scope('customers:read')
@UseInterceptors(PageInterceptor)
export class DemandPage {
  constructor(@Inject(QueryBus) private readonly queries: QueryBus) {}

  @Get()
  async show(@CallerParam() caller: Caller, @Query() form: DemandForm): Promise<Html> {
    const { sort, asOf } = form;
    const options = { tenant: caller.tenant, asOf };
    // One after the other: each reads the log, and a page is not to take the connections of others.
    const demand = await this.queries.execute(new GetDemand({ ...options, sort }));
    const initiatives = await this.queries.execute(new GetInitiatives(options));
    const traceability = await this.queries.execute(new GetTraceability(options));
    const outcomes = await this.queries.execute(new GetOutcomes(options));
    const competition = await this.queries.execute(new GetCompetition(options));
    const promises = await this.queries.execute(new GetPromises(options));
    const presence = await this.queries.execute(new GetPresence(options));
    return layout({ title: 'Demand', caller, at: '/demand', body: withJumps(demandView({ demand, initiatives, traceability, outcomes, competition, promises, presence }, form)) });
  }
}

import { Body, Controller, Get, Inject, Param, Put, Query, UseInterceptors } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import { validateData } from '#intake';
import { flawsOfMap, JOURNEY_MAP, type JourneyMap } from '#journey';
import { GetCustomerJourney, GetJourney, GetJourneyMap } from '#read-model';
import type { Caller } from '../access/api-keys.js';
import { CallerParam, Scope } from '../access/scope.decorator.js';
import { OwnFacts } from '../events/own-facts.js';
import { EtagInterceptor } from '../http/etag.interceptor.js';
import { MinPositionInterceptor } from '../http/min-position.interceptor.js';
import { ApiProblem } from '../problems/api-problem.js';
import { CustomerIds } from '../reads/customer-ids.js';
import { HealthQuery, NoQuery } from '../reads/queries.dto.js';
import { JourneyMapQuery, JourneyQuery } from './journey.dto.js';

const FLAWS = 100;

/** The map of the customer journey, and where customers are on it. */
@Controller('v1')
export class JourneyController {
  constructor(@Inject(QueryBus) private readonly queries: QueryBus, @Inject(CustomerIds) private readonly ids: CustomerIds, @Inject(OwnFacts) private readonly facts: OwnFacts) {}

  @Get('journey')
  @Scope('customers:read')
  @UseInterceptors(EtagInterceptor, MinPositionInterceptor)
  journey(@CallerParam() { tenant }: Caller, @Query() { minPosition, ...query }: JourneyQuery) {
    return this.queries.execute(new GetJourney({ ...query, tenant }));
  }

  @Get('customers/:id/journey')
  @Scope('customers:read')
  @UseInterceptors(EtagInterceptor, MinPositionInterceptor)
  async ofCustomer(@CallerParam() { tenant }: Caller, @Param('id') id: string, @Query() { asOf, knownAt }: HealthQuery) {
    return this.queries.execute(new GetCustomerJourney({ tenant, customer: await this.ids.find(tenant, id), asOf, knownAt }));
  }

  @Get('journey/map')
  @Scope('customers:read')
  map(@CallerParam() { tenant }: Caller, @Query() { version }: JourneyMapQuery) {
    return this.queries.execute(new GetJourneyMap({ tenant, ...(version !== undefined && { version }) }));
  }

  /** Decides on a map, which counts for all of the past as well. */
  @Put('journey/map')
  @Scope('admin')
  async setMap(@CallerParam() caller: Caller, @Query() _: NoQuery, @Body() body: Record<string, unknown>) {
    const problem = validateData('journeymap.set', 1, body, '', FLAWS);
    if (problem) throw ApiProblem.ofRefusal({ ...problem, code: 'invalid-body' });
    const flaws = flawsOfMap(body as unknown as JourneyMap);
    if (flaws.length > 0) throw new ApiProblem('invalid-body', flaws[0]!.detail, { errors: flaws.slice(0, FLAWS) });
    let version = 0;
    const position = await this.facts.decide(caller, JOURNEY_MAP.category, JOURNEY_MAP.id, (facts) => {
      version = facts.length + 1;
      return { type: 'journeymap.set', data: body };
    });
    return { version, position };
  }
}

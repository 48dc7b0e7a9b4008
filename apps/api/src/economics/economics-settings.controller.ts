import { Body, Controller, Get, Inject, Put, Query } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import { ECONOMICS_POLICY, GetEconomicsSettings } from '#read-model';
import type { Caller } from '../access/api-keys.js';
import { CallerParam, Scope } from '../access/scope.decorator.js';
import { OwnFacts } from '../events/own-facts.js';
import { ApiProblem } from '../problems/api-problem.js';
import { NoQuery } from '../reads/queries.dto.js';
import { EconomicsPolicyDto } from './economics.dto.js';

const RISING = 'fitBands must be two rising numbers up to 100, such as [50, 75].';

/** How a tenant works out margins, CAC and LTV: each change is a fact with its author. */
@Controller('v1/economics/settings')
export class EconomicsSettingsController {
  constructor(@Inject(OwnFacts) private readonly facts: OwnFacts, @Inject(QueryBus) private readonly queries: QueryBus) {}

  /** The policy, as it is now. */
  @Get()
  @Scope('portfolio:read')
  show(@CallerParam() { tenant }: Caller, @Query() _: NoQuery) {
    return this.queries.execute(new GetEconomicsSettings({ tenant }));
  }

  /** Decides the policy. */
  @Put('policy')
  @Scope('admin')
  async policy(@CallerParam() caller: Caller, @Query() _: NoQuery, @Body() body: EconomicsPolicyDto) {
    const [middle, good] = body.fitBands ?? [];
    if (middle !== undefined && !(middle > 0 && good! > middle)) throw new ApiProblem('invalid-body', RISING, { errors: [{ pointer: '/fitBands', detail: RISING }] });
    const data = Object.fromEntries(Object.entries(body).filter(([, value]) => value !== undefined));
    return { position: await this.facts.decide(caller, ECONOMICS_POLICY.category, ECONOMICS_POLICY.id, () => ({ type: 'economicspolicy.set', data })) };
  }
}

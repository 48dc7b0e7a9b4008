import { Body, Controller, Get, Inject, Put, Query } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import { EXCHANGE_RATES, GetRevenueSettings, REVENUE_POLICY } from '#read-model';
import type { Caller } from '../access/api-keys.js';
import { CallerParam, Scope } from '../access/scope.decorator.js';
import { OwnFacts } from '../events/own-facts.js';
import { NoQuery } from '../reads/queries.dto.js';
import { RatesDto, RevenuePolicyDto } from './revenue.dto.js';

/** How a tenant counts revenue: each change is a fact with its author. */
@Controller('v1/revenue/settings')
export class RevenueSettingsController {
  constructor(@Inject(OwnFacts) private readonly facts: OwnFacts, @Inject(QueryBus) private readonly queries: QueryBus) {}

  /** The policy and the rates, as they are now. */
  @Get()
  @Scope('portfolio:read')
  show(@CallerParam() { tenant }: Caller, @Query() _: NoQuery) {
    return this.queries.execute(new GetRevenueSettings({ tenant }));
  }

  /** Decides the policy. */
  @Put('policy')
  @Scope('admin')
  async policy(@CallerParam() caller: Caller, @Query() _: NoQuery, @Body() body: RevenuePolicyDto) {
    return { position: await this.facts.decide(caller, REVENUE_POLICY.category, REVENUE_POLICY.id, () => ({ type: 'revenuepolicy.set', data: told(body) })) };
  }

  /** Declares rates from a day on. */
  @Put('rates')
  @Scope('admin')
  async rates(@CallerParam() caller: Caller, @Query() _: NoQuery, @Body() body: RatesDto) {
    return { position: await this.facts.decide(caller, EXCHANGE_RATES.category, EXCHANGE_RATES.id, () => ({ type: 'exchangerates.set', data: { ...told(body), rates: body.rates.map((rate) => ({ ...rate })) } })) };
  }
}

/** Without what was left out. */
const told = (body: object): Record<string, unknown> => Object.fromEntries(Object.entries(body).filter(([, value]) => value !== undefined));

import { Body, Controller, Inject, Param, Put, Query } from '@nestjs/common';
import { COMPANY } from '#read-model';
import type { Caller } from '../access/api-keys.js';
import { CallerParam, Scope } from '../access/scope.decorator.js';
import { OwnFacts } from '../events/own-facts.js';
import { NoQuery } from '../reads/queries.dto.js';
import { SpendDto } from './economics.dto.js';

/** What we spend on winning and on keeping customers. */
@Controller('v1/company/spend')
@Scope('admin')
export class SpendController {
  constructor(@Inject(OwnFacts) private readonly facts: OwnFacts) {}

  /** Records an entry, or replaces it; the same again is no new fact. */
  @Put(':entry')
  async set(@CallerParam() caller: Caller, @Param('entry') entry: string, @Query() _: NoQuery, @Body() { purpose, amount, from, to, what }: SpendDto) {
    const data = { entry, purpose, amount: { amount: amount.amount, currency: amount.currency }, from, to, ...(what !== undefined && { what }) };
    return { entry, position: await this.facts.decide(caller, COMPANY, `spend:${entry}`, (facts) => (
      JSON.stringify(facts.at(-1)?.data) === JSON.stringify(data) ? null : { type: 'company.period-spend-recorded', data })) };
  }
}

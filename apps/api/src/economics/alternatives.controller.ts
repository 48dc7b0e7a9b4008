import { Body, Controller, Inject, Param, Put, Query } from '@nestjs/common';
import { COMPANY } from '#read-model';
import type { Caller } from '../access/api-keys.js';
import { CallerParam, Scope } from '../access/scope.decorator.js';
import { OwnFacts } from '../events/own-facts.js';
import { NoQuery } from '../reads/queries.dto.js';
import { AlternativeDto } from './economics.dto.js';

/** What others would take for our service. */
@Controller('v1/company/alternatives')
@Scope('admin')
export class AlternativesController {
  constructor(@Inject(OwnFacts) private readonly facts: OwnFacts) {}

  /** Records a price; the same again is no new fact. */
  @Put(':alternative')
  async set(@CallerParam() caller: Caller, @Param('alternative') alternative: string, @Query() _: NoQuery, @Body() { per, price, from, source, what }: AlternativeDto) {
    const data = { alternative, per, price: { amount: price.amount, currency: price.currency }, from, source, ...(what !== undefined && { what }) };
    return { alternative, position: await this.facts.decide(caller, COMPANY, `alternative:${alternative}`, (facts) => (JSON.stringify(facts.at(-1)?.data) === JSON.stringify(data) ? null : { type: 'company.alternative-priced', data })) };
  }
}

import { Body, Controller, HttpCode, Inject, Param, Post, Query } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import { GetWhatIf } from '#read-model';
import type { Caller } from '../access/api-keys.js';
import { CallerParam, Scope } from '../access/scope.decorator.js';
import { CustomerIds } from './customer-ids.js';
import { NoQuery } from './queries.dto.js';
import { WhatIfDto } from './what-if.dto.js';

/** A question with a body: nothing is stored. */
@Controller('v1/customers')
@Scope('customers:read')
export class WhatIfController {
  constructor(@Inject(QueryBus) private readonly queries: QueryBus, @Inject(CustomerIds) private readonly ids: CustomerIds) {}

  /** Risk and score, had facts not happened or happened at another time. */
  @Post(':id/what-if')
  @HttpCode(200)
  async ask(@CallerParam() { tenant }: Caller, @Param('id') id: string, @Body() { without = [], moved = [], asOf, knownAt }: WhatIfDto, @Query() _: NoQuery) {
    return this.queries.execute(new GetWhatIf({ tenant, customer: await this.ids.find(tenant, id), without, moved, asOf, knownAt }));
  }
}

import { Body, Controller, Inject, Param, Post, Query } from '@nestjs/common';
import type { Caller } from '../access/api-keys.js';
import { CallerParam, Scope } from '../access/scope.decorator.js';
import { NoQuery } from '../reads/queries.dto.js';
import { CustomersHitDto, DeclareOutageDto, OutageMessageDto } from './outages.dto.js';
import { Outages } from './outages.js';

/** Outages that hit several customers. */
@Controller('v1/outages')
@Scope('events:write')
export class OutagesController {
  constructor(@Inject(Outages) private readonly outages: Outages) {}

  /** Says that an outage hits these customers. */
  @Post()
  declare(@CallerParam() caller: Caller, @Query() _: NoQuery, @Body() body: DeclareOutageDto) {
    return this.outages.declare(caller, body);
  }

  /** It turned out to hit more. */
  @Post(':outage/customers')
  add(@CallerParam() caller: Caller, @Param('outage') outage: string, @Query() _: NoQuery, @Body() { customers }: CustomersHitDto) {
    return this.outages.add(caller, outage, customers);
  }

  /** What all of them were told. */
  @Post(':outage/messages')
  tell(@CallerParam() caller: Caller, @Param('outage') outage: string, @Query() _: NoQuery, @Body() body: OutageMessageDto) {
    return this.outages.tell(caller, outage, body);
  }
}

import { Body, Controller, Get, Header, Inject, Put, Query } from '@nestjs/common';
import type { Caller } from '../access/api-keys.js';
import { CallerParam, Scope } from '../access/scope.decorator.js';
import { NoQuery } from '../reads/queries.dto.js';
import { KafkaOutDto } from './kafka-out.dto.js';
import { KafkaOutOfTenant } from './kafka-out.js';

/** What is sent to Kafka. */
@Controller('v1/kafka/out')
@Scope('admin')
export class KafkaOutController {
  constructor(@Inject(KafkaOutOfTenant) private readonly kafkaOut: KafkaOutOfTenant) {}

  @Get()
  @Header('cache-control', 'no-store')
  show(@CallerParam() { tenant }: Caller, @Query() _: NoQuery) {
    return this.kafkaOut.show(tenant);
  }

  @Put()
  @Header('cache-control', 'no-store')
  set(@CallerParam() caller: Caller, @Query() _: NoQuery, @Body() body: KafkaOutDto) {
    return this.kafkaOut.set(caller, body);
  }
}

import { Body, Controller, Get, Header, HttpCode, Inject, Post, Put, Query } from '@nestjs/common';
import type { Caller } from '../access/api-keys.js';
import { CallerParam, Scope } from '../access/scope.decorator.js';
import { NoQuery } from '../reads/queries.dto.js';
import { DeadLetters } from './dead-letters.js';
import { DeadLettersQuery, KafkaInDto, ReplayDto } from './kafka-in.dto.js';
import { KafkaInOfTenant } from './kafka-in.js';

/** What is read from Kafka, and what of it could not be taken. */
@Controller('v1/kafka')
@Scope('admin')
export class KafkaInController {
  constructor(@Inject(KafkaInOfTenant) private readonly kafkaIn: KafkaInOfTenant, @Inject(DeadLetters) private readonly letters: DeadLetters) {}

  @Get('in')
  @Header('cache-control', 'no-store')
  show(@CallerParam() { tenant }: Caller, @Query() _: NoQuery) {
    return this.kafkaIn.show(tenant);
  }

  @Put('in')
  @Header('cache-control', 'no-store')
  set(@CallerParam() caller: Caller, @Query() _: NoQuery, @Body() body: KafkaInDto) {
    return this.kafkaIn.set(caller, body);
  }

  @Get('dead-letters')
  @Header('cache-control', 'no-store')
  list(@CallerParam() { tenant }: Caller, @Query() query: DeadLettersQuery) {
    return this.letters.list(tenant, query);
  }

  @Post('dead-letters/replay')
  @HttpCode(200)
  replay(@CallerParam() { tenant }: Caller, @Query() _: NoQuery, @Body() body: ReplayDto) {
    return this.letters.replay(tenant, body);
  }
}

import { randomUUID } from 'node:crypto';
import { Body, Controller, Get, HttpCode, Inject, Param, Post, Query, UseInterceptors } from '@nestjs/common';
import { CommandBus, QueryBus } from '@nestjs/cqrs';
import { IsOptional, Matches, MaxLength, MinLength } from 'class-validator';
import { RecordEvents } from '#intake';
import { GetCustomer, GetToday } from '#read-model';
import type { Caller } from '../access/api-keys.js';
import { CallerParam, Scope } from '../access/scope.decorator.js';
import { EtagInterceptor } from '../http/etag.interceptor.js';
import { MinPositionInterceptor } from '../http/min-position.interceptor.js';
import { ApiProblem } from '../problems/api-problem.js';
import { CustomerIds } from './customer-ids.js';
import { ownerFor } from './owner.js';
import { TodayQuery } from './queries.dto.js';

export class DoneDto {
  /** A short code: reached, left-message, saved, … */
  @Matches(/^[A-Za-z0-9._:/-]{1,100}$/)
  outcome!: string;

  @IsOptional() @MinLength(1) @MaxLength(10_000)
  note?: string;
}

export class SnoozeDto {
  /** The day on which to show it again. */
  @Matches(/^\d{4}-\d\d-\d\d$/, { message: 'until must be a date such as 2026-11-30' })
  until!: string;

  @IsOptional() @MinLength(1) @MaxLength(10_000)
  note?: string;
}

/** Whom to call today, and why. */
@Controller('v1/today')
@UseInterceptors(EtagInterceptor, MinPositionInterceptor)
export class TodayController {
  constructor(
    @Inject(QueryBus) private readonly queries: QueryBus,
    @Inject(CommandBus) private readonly commands: CommandBus,
    @Inject(CustomerIds) private readonly ids: CustomerIds,
  ) {}

  /** The list, in the order that it explains. */
  @Get()
  @Scope('customers:read')
  get(@CallerParam() caller: Caller, @Query() { owner, limit }: TodayQuery) {
    return this.queries.execute(new GetToday({ tenant: caller.tenant, owner: ownerFor(caller, owner), limit }));
  }

  /** Notes that the customer was called. */
  @Post(':id/done')
  @Scope('today:write')
  @HttpCode(201)
  done(@CallerParam() caller: Caller, @Param('id') id: string, @Body() { outcome, note }: DoneDto) {
    return this.append(caller, id, 'task.done', { list: 'today', outcome, note });
  }

  /** Puts the call off to a later day. */
  @Post(':id/snooze')
  @Scope('today:write')
  @HttpCode(201)
  snooze(@CallerParam() caller: Caller, @Param('id') id: string, @Body() { until, note }: SnoozeDto) {
    return this.append(caller, id, 'task.snoozed', { list: 'today', until, note });
  }

  private async append({ tenant, actor }: Caller, id: string, type: string, data: Record<string, unknown>) {
    const customer = await this.ids.find(tenant, id);
    await this.queries.execute(new GetCustomer({ tenant, customer }));
    const sent = Object.fromEntries(Object.entries(data).filter(([, value]) => value !== undefined));
    const item = { form: 'plain' as const, value: { id: randomUUID(), source: 'today', type, customer, data: sent } };
    const [verdict] = await this.commands.execute(new RecordEvents([item], { tenant, actor, mayDeclareObservedAt: false, receivedAt: new Date() }));
    if (verdict!.problem) throw ApiProblem.ofRefusal(verdict!.problem);
    return { customer, position: verdict!.position };
  }
}

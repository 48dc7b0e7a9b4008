import { Body, Controller, Get, HttpCode, Inject, Param, Post, Query, UseInterceptors } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import { GetToday, ListCustomers } from '#read-model';
import type { Caller } from '../access/api-keys.js';
import { CallerParam, Scope } from '../access/scope.decorator.js';
import { EtagInterceptor } from '../http/etag.interceptor.js';
import { MinPositionInterceptor } from '../http/min-position.interceptor.js';
import { ownerFor } from '../reads/owner.js';
import { NoQuery, TodayQuery } from '../reads/queries.dto.js';
import { TodayTasks } from './today-tasks.js';
import { DoneDto, SnoozeDto } from './today.dto.js';

/** Whom to call today, and why. */
@Controller('v1/today')
@UseInterceptors(EtagInterceptor, MinPositionInterceptor)
export class TodayController {
  constructor(@Inject(QueryBus) private readonly queries: QueryBus, @Inject(TodayTasks) private readonly tasks: TodayTasks) {}

  /** The list, in the order that it explains. */
  @Get()
  @Scope('customers:read')
  async get(@CallerParam() caller: Caller, @Query() { owner: asked, limit }: TodayQuery) {
    const owner = ownerFor(caller, asked);
    const list = await this.queries.execute(new GetToday({ tenant: caller.tenant, owner, limit }));
    const unknown = owner !== undefined && list.items.length === 0 && list.cannotTell === 0 && !await this.hasCustomers(caller.tenant, owner);
    return { ...list, owner: owner ?? null, note: unknown ? `No customer has the owner "${owner}". owner=all lists everybody's.` : null };
  }

  private async hasCustomers(tenant: string, owner: string): Promise<boolean> {
    return (await this.queries.execute(new ListCustomers({ tenant, owner, status: 'all', limit: 1 }))).customers.length > 0;
  }

  /** Notes that the customer was called. */
  @Post(':id/done')
  @Scope('today:write')
  @HttpCode(201)
  done(@CallerParam() caller: Caller, @Param('id') id: string, @Query() _: NoQuery, @Body() { outcome, note }: DoneDto) {
    return this.tasks.done(caller, id, { outcome, note });
  }

  /** Puts the call off to a later day. */
  @Post(':id/snooze')
  @Scope('today:write')
  @HttpCode(201)
  snooze(@CallerParam() caller: Caller, @Param('id') id: string, @Query() _: NoQuery, @Body() { until, note }: SnoozeDto) {
    return this.tasks.snooze(caller, id, { until, note });
  }
}

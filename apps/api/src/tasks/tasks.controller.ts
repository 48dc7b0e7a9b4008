import { Body, Controller, Get, HttpCode, Inject, Param, Post, Query, UseInterceptors } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import { GetTasks } from '#read-model';
import type { Caller } from '../access/api-keys.js';
import { CallerParam, Scope } from '../access/scope.decorator.js';
import { EtagInterceptor } from '../http/etag.interceptor.js';
import { MinPositionInterceptor } from '../http/min-position.interceptor.js';
import { CustomerIds } from '../reads/customer-ids.js';
import { ownerFor } from '../reads/owner.js';
import { NoQuery } from '../reads/queries.dto.js';
import { SnoozeDto } from '../today/today.dto.js';
import { CreateTaskDto, TaskDoneDto, TaskDropDto, TasksQuery } from './task.dto.js';
import { Tasks } from './tasks.js';

/** What is to be done for customers, by whom and by when. */
@Controller('v1')
@UseInterceptors(EtagInterceptor, MinPositionInterceptor)
export class TasksController {
  constructor(@Inject(QueryBus) private readonly queries: QueryBus, @Inject(CustomerIds) private readonly ids: CustomerIds, @Inject(Tasks) private readonly tasks: Tasks) {}

  /** Of one customer those of everybody, unless an owner is named. */
  @Get('tasks')
  @Scope('customers:read')
  async list(@CallerParam() caller: Caller, @Query() { owner: asked, customer, state, limit }: TasksQuery) {
    const owner = customer !== undefined && asked === undefined ? undefined : ownerFor(caller, asked);
    const of = customer === undefined ? undefined : await this.ids.find(caller.tenant, customer);
    return { ...await this.queries.execute(new GetTasks({ tenant: caller.tenant, customer: of, owner, state, limit })), owner: owner ?? null };
  }

  @Post('customers/:id/tasks')
  @Scope('today:write')
  @HttpCode(201)
  create(@CallerParam() caller: Caller, @Param('id') id: string, @Query() _: NoQuery, @Body() body: CreateTaskDto) {
    return this.tasks.create(caller, id, body);
  }

  @Post('tasks/:task/done')
  @Scope('today:write')
  @HttpCode(201)
  done(@CallerParam() caller: Caller, @Param('task') task: string, @Query() _: NoQuery, @Body() { outcome, note }: TaskDoneDto) {
    return this.tasks.done(caller, task, { outcome, note });
  }

  @Post('tasks/:task/snooze')
  @Scope('today:write')
  @HttpCode(201)
  snooze(@CallerParam() caller: Caller, @Param('task') task: string, @Query() _: NoQuery, @Body() { until, note }: SnoozeDto) {
    return this.tasks.snooze(caller, task, { until, note });
  }

  @Post('tasks/:task/drop')
  @Scope('today:write')
  @HttpCode(201)
  drop(@CallerParam() caller: Caller, @Param('task') task: string, @Query() _: NoQuery, @Body() { reason }: TaskDropDto) {
    return this.tasks.drop(caller, task, reason);
  }
}

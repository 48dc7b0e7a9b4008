import { Body, Controller, Get, Inject, Param, Post, Query, Redirect, UseInterceptors } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import { GetChoices, GetToday } from '#read-model';
import type { Caller } from '../access/api-keys.js';
import { mayDo } from '../access/roles.js';
import { CallerParam, Scope } from '../access/scope.decorator.js';
import { ownerFor } from '../reads/owner.js';
import { TodayTasks } from '../today/today-tasks.js';
import { DoneForm, SnoozeForm, TodayForm } from './forms.dto.js';
import type { Html } from './html.js';
import { layout } from './layout.js';
import { PageInterceptor } from './page.interceptor.js';
import { todayView } from './today-view.js';
import { address } from './words.js';

/** Today's list for people, and its two forms. */
@Controller()
@UseInterceptors(PageInterceptor)
export class TodayPage {
  constructor(@Inject(QueryBus) private readonly queries: QueryBus, @Inject(TodayTasks) private readonly tasks: TodayTasks) {}

  @Get()
  @Scope('customers:read')
  async show(@CallerParam() caller: Caller, @Query() { owner, noted, limit }: TodayForm): Promise<Html> {
    const listOf = ownerFor(caller, owner);
    const answer = await this.queries.execute(new GetToday({ tenant: caller.tenant, owner: listOf, limit }));
    const { owners } = await this.queries.execute(new GetChoices({ tenant: caller.tenant }));
    const body = todayView({ answer, owner, listOf, owners, me: caller.actor.id, mayWrite: mayDo(caller.role, 'today:write'), noted });
    return layout({ title: 'Today', caller, at: '/', body });
  }

  @Post('today/:id/done')
  @Scope('today:write')
  @Redirect('/', 303)
  async done(@CallerParam() caller: Caller, @Param('id') id: string, @Body() { owner, outcome, note }: DoneForm) {
    await this.tasks.done(caller, id, { outcome, note });
    return { url: address('/', { owner, noted: 'done' }) };
  }

  @Post('today/:id/snooze')
  @Scope('today:write')
  @Redirect('/', 303)
  async snooze(@CallerParam() caller: Caller, @Param('id') id: string, @Body() { owner, until, note }: SnoozeForm) {
    await this.tasks.snooze(caller, id, { until, note });
    return { url: address('/', { owner, noted: 'snooze' }) };
  }
}

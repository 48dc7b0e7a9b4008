import { Body, Controller, Get, Inject, Post, Query, Redirect, UseInterceptors } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import { GetChoices, GetRecoverySettings, ListCustomers, ListRecoveries, SummarizeRecoveries } from '#read-model';
import type { Caller } from '../access/api-keys.js';
import { mayDo } from '../access/roles.js';
import { CallerParam, Scope } from '../access/scope.decorator.js';
import { ApiProblem } from '../problems/api-problem.js';
import { ownerFor } from '../reads/owner.js';
import { Recoveries } from '../recoveries/recoveries.js';
import type { Html } from './html.js';
import { layout } from './layout.js';
import { PageInterceptor } from './page.interceptor.js';
import { OpenForm, RecoveriesForm } from './recovery-forms.dto.js';
import { recoveriesView, recoveryPath } from './recoveries-view.js';
import { address } from './words.js';

const SHOWN = 20;

/** The list of what is made good, and opening one by hand. */
@Controller('recoveries')
@UseInterceptors(PageInterceptor)
export class RecoveriesPageController {
  constructor(@Inject(QueryBus) private readonly queries: QueryBus, @Inject(Recoveries) private readonly recoveries: Recoveries) {}

  @Get()
  @Scope('customers:read')
  async show(@CallerParam() caller: Caller, @Query() form: RecoveriesForm): Promise<Html> {
    const { tenant } = caller;
    const { owner, state, overdue, cause, cursor } = form;
    const listOf = ownerFor(caller, owner);
    const page = await this.queries.execute(new ListRecoveries({ tenant, owner: listOf, state, ...(overdue && { overdue: true }), cause, cursor, limit: SHOWN }));
    const summary = await this.queries.execute(new SummarizeRecoveries({ tenant, owner: listOf }));
    const { owners } = await this.queries.execute(new GetChoices({ tenant }));
    const { timeZone } = await this.queries.execute(new GetRecoverySettings({ tenant }));
    const body = recoveriesView({ page, summary, form, listOf, owners, me: caller.actor.id, mayWrite: mayDo(caller.role, 'today:write'), timeZone });
    return layout({ title: 'Recoveries', caller, at: '/recoveries', body });
  }

  @Post()
  @Scope('today:write')
  @Redirect('/recoveries', 303)
  async open(@CallerParam() caller: Caller, @Body() form: OpenForm) {
    const done = await this.recoveries.open(caller, { ...form, customer: await this.customerOf(caller, form.customer) });
    await this.recoveries.shown(caller, done);
    return { url: address(recoveryPath(done.recovery), { noted: 'opened' }) };
  }

  /** By the whole name, as people name a customer; else what was typed is an id. */
  private async customerOf({ tenant }: Caller, text: string): Promise<string> {
    const { customers } = await this.queries.execute(new ListCustomers({ tenant, q: text.slice(0, 200), status: 'all', limit: 100 }));
    const named = customers.filter(({ name }) => name?.toLowerCase() === text.trim().toLowerCase());
    if (named.length > 1) throw new ApiProblem('customer-unknown', `${named.length} customers are called ${text}: open it on the page of the one that is meant.`);
    return named[0]?.id ?? text;
  }
}

import { Controller, Get, Inject, Query, UseInterceptors } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import { GetIncidents, GetRevenue, ListRevenueCustomers } from '#read-model';
import type { Caller } from '../../access/api-keys.js';
import { CallerParam, Scope } from '../../access/scope.decorator.js';
import { revenueOptions } from '../../revenue/revenue-options.js';
import type { Html } from '../html.js';
import { layout } from '../layout.js';
import { PageInterceptor } from '../page.interceptor.js';
import { incidentsView } from './incidents-view.js';
import { revenueCustomersView } from './revenue-customers-view.js';
import { IncidentsForm, RevenueCustomersForm, RevenueForm } from './revenue-form.dto.js';
import { revenueView } from './revenue-view.js';

/** Recurring revenue, drawn, and who makes each of its figures. */
@Controller('revenue')
@Scope('portfolio:read')
@UseInterceptors(PageInterceptor)
export class RevenuePage {
  constructor(@Inject(QueryBus) private readonly queries: QueryBus) {}

  @Get()
  async show(@CallerParam() caller: Caller, @Query() form: RevenueForm): Promise<Html> {
    const answer = await this.queries.execute(new GetRevenue({ ...revenueOptions(form), tenant: caller.tenant }));
    return layout({ title: 'Revenue', caller, at: '/revenue', body: revenueView(answer, form) });
  }

  @Get('incidents')
  async incidents(@CallerParam() caller: Caller, @Query() { incident = 'outage' }: IncidentsForm): Promise<Html> {
    return layout({ title: 'What the model says of incidents', caller, at: '/revenue', body: incidentsView(await this.queries.execute(new GetIncidents({ tenant: caller.tenant, incident }))) });
  }

  @Get('customers')
  async customers(@CallerParam() caller: Caller, @Query() form: RevenueCustomersForm): Promise<Html> {
    const { movement: figure, ...options } = revenueOptions(form);
    const page = await this.queries.execute(new ListRevenueCustomers({ ...options, figure, tenant: caller.tenant }));
    return layout({ title: 'Revenue: who makes a figure', caller, at: '/revenue', body: revenueCustomersView(page, form) });
  }
}

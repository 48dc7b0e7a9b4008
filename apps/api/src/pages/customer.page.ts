import { Controller, Get, Inject, Param, Query, UseInterceptors } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import { ApiExcludeController } from '@nestjs/swagger';
import { calendarOf, GetCustomer, GetHealth, GetHealthDifference, GetHealthHistory, GetTimeline } from '#read-model';
import type { Caller } from '../access/api-keys.js';
import { CallerParam, Scope } from '../access/scope.decorator.js';
import { Connections } from '../connections.js';
import { CustomerIds } from '../reads/customer-ids.js';
import { customerHead, peopleView, subscriptionsView } from './customer-view.js';
import { CustomerForm } from './forms.dto.js';
import { contributionsView, differenceView } from './health-view.js';
import { html, type Html } from './html.js';
import { layout } from './layout.js';
import { PageInterceptor } from './page.interceptor.js';
import { scoreChart } from './score-chart.js';
import { timelineView } from './timeline-view.js';
import { nameOf } from './words.js';

const TOUCHES = 20;

/** One customer: how they are, why, what moved it, who they are, and every touch. */
@ApiExcludeController()
@Controller('customers')
@Scope('customers:read')
@UseInterceptors(PageInterceptor)
export class CustomerPage {
  constructor(
    @Inject(QueryBus) private readonly queries: QueryBus,
    @Inject(CustomerIds) private readonly ids: CustomerIds,
    @Inject(Connections) private readonly connections: Connections,
  ) {}

  @Get(':id')
  async show(@CallerParam() caller: Caller, @Param('id') id: string, @Query() form: CustomerForm): Promise<Html> {
    const { tenant } = caller;
    const one = { tenant, customer: await this.ids.find(tenant, id) };
    const { asOf, known, family, cursor } = form;
    const knownAt = known && asOf;
    const customer = await this.queries.execute(new GetCustomer(one));
    const health = await this.queries.execute(new GetHealth({ ...one, asOf, knownAt }));
    const history = await this.queries.execute(new GetHealthHistory({ ...one, to: asOf, knownAt }));
    const difference = await this.queries.execute(new GetHealthDifference({ ...one, to: asOf, knownAt }));
    const timeline = await this.queries.execute(new GetTimeline({ ...one, family, cursor, limit: TOUCHES }));
    const { timeZone } = await this.connections.reader.inTenant(tenant, (sql) => calendarOf(sql, tenant, new Date()));
    const body = html`${customerHead(customer, health, form)}
<h2 id="score">Score in 90 days</h2>${scoreChart(history.points)}
${differenceView(difference)}
${contributionsView(health)}
${peopleView(customer)}
${subscriptionsView(customer)}
${timelineView(timeline, form, timeZone)}`;
    return layout({ title: nameOf(customer), caller, at: '/customers', body });
  }
}

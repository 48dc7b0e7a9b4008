import { Body, Controller, Get, Inject, Param, Post, Query, Redirect, UseInterceptors } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import { dayOfIn, GetChurnRisk, GetCustomer, GetCustomerJourney, GetHealthStory, GetRestatements, GetSuccessPlan, GetTasks, GetTimeline, ListRecoveries } from '#read-model';
import type { Caller } from '../access/api-keys.js';
import { mayDo } from '../access/roles.js';
import { CallerParam, Scope } from '../access/scope.decorator.js';
import { ClearDto } from '../overrides/override.dto.js';
import { Overrides } from '../overrides/overrides.js';
import { CustomerIds } from '../reads/customer-ids.js';
import { perspectivesView, rollUpView } from './beside-view.js';
import { calledIn, customerHead, peopleView, subscriptionsView } from './customer-view.js';
import { CustomerForm, OverrideForm } from './forms.dto.js';
import { contributionsView, differenceView, restatementsView } from './health-view.js';
import { html, type Html } from './html.js';
import { customerJourneyView, journeyMarks } from './journey/customer-journey-view.js';
import { layout } from './layout.js';
import { marksOf } from './marks.js';
import { overrideView } from './override-view.js';
import { PageInterceptor } from './page.interceptor.js';
import { planView } from './plan-view.js';
import { riskView } from './risk-view.js';
import { scoreChart } from './score-chart.js';
import { timelineView } from './timeline-view.js';
import { address, customerPath } from './words.js';
import { workView } from './work-view.js';

const TOUCHES = 20;
const DAYS = 90;

/** One customer: how they are, why, what moved it, who they are, and every touch. */
@Controller('customers')
@Scope('customers:read')
@UseInterceptors(PageInterceptor)
export class CustomerPage {
  constructor(
    @Inject(QueryBus) private readonly queries: QueryBus,
    @Inject(CustomerIds) private readonly ids: CustomerIds,
    @Inject(Overrides) private readonly overrides: Overrides,
  ) {}

  @Get(':id')
  async show(@CallerParam() caller: Caller, @Param('id') id: string, @Query() form: CustomerForm): Promise<Html> {
    const { tenant } = caller;
    const one = { tenant, customer: await this.ids.find(tenant, id) };
    const { asOf, known, family, from, to, cursor } = form;
    const customer = await this.queries.execute(new GetCustomer(one));
    const { health, history, difference } = await this.queries.execute(new GetHealthStory({ ...one, asOf, knownAt: known && asOf, days: DAYS, movedDays: DAYS }));
    const risk = await this.queries.execute(new GetChurnRisk({ ...one, asOf, knownAt: known && asOf }));
    // What was said since belongs to no day before.
    const restatements = asOf ? [] : (await this.queries.execute(new GetRestatements(one))).restatements;
    const timeline = await this.queries.execute(new GetTimeline({ ...one, family, from, to, cursor, limit: TOUCHES }));
    const work = workView(await this.queries.execute(new GetTasks(one)), await this.queries.execute(new ListRecoveries({ tenant, customer: customer.id })), { customer: customer.id, noted: form.noted, mayWrite: mayDo(caller.role, 'today:write') });
    const plan = planView(await this.queries.execute(new GetSuccessPlan(one)));
    const journey = await this.queries.execute(new GetCustomerJourney({ ...one, asOf, knownAt: known && asOf }));
    const { timeZone } = customer.today;
    const body = html`${customerHead(customer, health, form)}
${overrideView(health, customer, form, mayDo(caller.role, 'events:write'))}
${work}
<h2 id="score">Score in ${DAYS} days</h2>${scoreChart(history.points, health.bands, marksOf(difference.lines, dayOfIn(timeZone)))}
${health.band === 'unknown' ? null : differenceView(difference, DAYS, health.override !== null)}
${restatementsView(restatements, difference.from.at)}
${contributionsView(health)}
${perspectivesView(health)}
${rollUpView(health)}
${riskView(risk)}
${plan}
${customerJourneyView(journey)}
${peopleView(customer)}
${subscriptionsView(customer)}
${timelineView(timeline, form, { timeZone, marks: journeyMarks(journey) })}`;
    return layout({ title: calledIn(customer, health, form), caller, at: '/customers', body });
  }

  @Post(':id/override')
  @Scope('events:write')
  @Redirect('/', 303)
  async override(@CallerParam() caller: Caller, @Param('id') id: string, @Body() form: OverrideForm) {
    await this.overrides.set(caller, id, form);
    return { url: address(customerPath(id), { noted: 'override' }) };
  }

  @Post(':id/override/clear')
  @Scope('events:write')
  @Redirect('/', 303)
  async clear(@CallerParam() caller: Caller, @Param('id') id: string, @Body() form: ClearDto) {
    await this.overrides.clear(caller, id, form);
    return { url: address(customerPath(id), { noted: 'clear' }) };
  }
}

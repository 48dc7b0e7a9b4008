import { Body, Controller, Get, Inject, Param, Post, Query, Redirect, Req, UseInterceptors } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import type { FastifyRequest } from 'fastify';
import { GetAnswer, GetAnswersSummary, GetChoices, GetDepartments, ListAnswers } from '#read-model';
import type { Caller } from '../access/api-keys.js';
import { mayDo } from '../access/roles.js';
import { CallerParam, Scope } from '../access/scope.decorator.js';
import { AnswerWork } from '../answers/answer-work.js';
import { FeedbackWork } from '../feedback/feedback-work.js';
import { CustomerIds } from '../reads/customer-ids.js';
import { ownerFor } from '../reads/owner.js';
import { answerView } from './answer-view.js';
import { AnswerForm, AnswersForm, NoteForm, ReasonForm, RouteForm } from './answers-forms.dto.js';
import { answersView } from './answers-view.js';
import type { Html } from './html.js';
import { layout } from './layout.js';
import { PageInterceptor } from './page.interceptor.js';
import { address } from './words.js';

/** The queue of answers, and one of them: whoever opens its page has read it. */
@Controller('answers')
@Scope('customers:read')
@UseInterceptors(PageInterceptor)
export class AnswersPages {
  constructor(
    @Inject(QueryBus) private readonly queries: QueryBus,
    @Inject(AnswerWork) private readonly work: AnswerWork,
    @Inject(FeedbackWork) private readonly feedback: FeedbackWork,
    @Inject(CustomerIds) private readonly ids: CustomerIds,
  ) {}

  @Get()
  async list(@CallerParam() caller: Caller, @Query() form: AnswersForm): Promise<Html> {
    const { tenant } = caller;
    const owner = ownerFor(caller, form.owner);
    const page = await this.queries.execute(new ListAnswers({ tenant, owner, state: form.state, cursor: form.cursor, limit: 25 }));
    const summary = mayDo(caller.role, 'portfolio:read') ? await this.queries.execute(new GetAnswersSummary({ tenant, owner })) : null;
    const { owners } = await this.queries.execute(new GetChoices({ tenant }));
    return layout({ title: 'Answers', caller, at: '/answers', body: answersView(page, summary, { form, listOf: owner, owners, me: caller.actor.id }) });
  }

  @Get(':survey')
  async one(@CallerParam() caller: Caller, @Param('survey') survey: string, @Query() { customer, noted }: AnswerForm, @Req() request: FastifyRequest): Promise<Html> {
    const which = { survey, customer: await this.idOf(caller, customer) };
    if (isLook(request)) await this.work.view(caller, which);
    const answer = await this.queries.execute(new GetAnswer({ tenant: caller.tenant, ...which }));
    const { departments } = await this.queries.execute(new GetDepartments({ tenant: caller.tenant }));
    return layout({ title: 'Answer', caller, at: '/answers', body: answerView(answer, { departments, mayWrite: mayDo(caller.role, 'today:write'), noted }) });
  }

  @Post(':survey/complaint')
  @Scope('today:write')
  @Redirect('/', 303)
  async complaint(@CallerParam() caller: Caller, @Param('survey') survey: string, @Query() { customer }: AnswerForm, @Body() { note }: NoteForm) {
    await this.work.complain(caller, { survey, customer: await this.idOf(caller, customer) }, note);
    return back(survey, customer, 'complaint');
  }

  @Post(':survey/nothing-to-do')
  @Scope('today:write')
  @Redirect('/', 303)
  async nothingToDo(@CallerParam() caller: Caller, @Param('survey') survey: string, @Query() { customer }: AnswerForm, @Body() { reason, note }: ReasonForm) {
    await this.work.setAside(caller, { survey, customer: await this.idOf(caller, customer) }, { reason, note });
    return back(survey, customer, 'nothing');
  }

  @Post(':survey/route')
  @Scope('today:write')
  @Redirect('/', 303)
  async route(@CallerParam() caller: Caller, @Param('survey') survey: string, @Query() { customer }: AnswerForm, @Body() { department, what, note }: RouteForm) {
    await this.feedback.raise(caller, { survey, customer, department, what, note });
    return back(survey, customer, 'routed');
  }

  private async idOf({ tenant }: Caller, customer: string | undefined): Promise<string | undefined> {
    return customer === undefined ? undefined : this.ids.find(tenant, customer);
  }
}

const back = (survey: string, customer: string | undefined, noted: string) => ({ url: address(`/answers/${encodeURIComponent(survey)}`, { customer, noted }) });

/** Whether somebody looks, and not a browser or a mail program ahead of them. */
const isLook = ({ method, headers }: FastifyRequest): boolean => method === 'GET' && ![headers['sec-purpose'], headers['purpose'], headers['x-purpose'], headers['x-moz']].some((purpose) => /prefetch|preview|prerender/.test(String(purpose ?? '')));

import { Body, Controller, Get, Inject, Param, Post, Redirect, UseInterceptors } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import type { FeedbackCommand } from '#journey';
import { GetDepartments, GetFeedback, ListFeedback } from '#read-model';
import type { Caller } from '../access/api-keys.js';
import { mayDo } from '../access/roles.js';
import { CallerParam, Scope } from '../access/scope.decorator.js';
import { FeedbackWork } from '../feedback/feedback-work.js';
import { TenantToday } from '../tenant/tenant-today.js';
import { AnswerTextForm, NoteForm, ReasonForm, RouteForm } from './answers-forms.dto.js';
import { departmentsView, feedbackPath, feedbackView } from './feedback-view.js';
import type { Html } from './html.js';
import { layout } from './layout.js';
import { PageInterceptor } from './page.interceptor.js';

/** Departments with the feedback that they have, and one piece of it. */
@Controller()
@Scope('customers:read')
@UseInterceptors(PageInterceptor)
export class FeedbackPages {
  constructor(
    @Inject(QueryBus) private readonly queries: QueryBus,
    @Inject(FeedbackWork) private readonly work: FeedbackWork,
    @Inject(TenantToday) private readonly today: TenantToday,
  ) {}

  @Get('departments')
  async list(@CallerParam() caller: Caller): Promise<Html> {
    const { tenant } = caller;
    const departments = await this.queries.execute(new GetDepartments({ tenant }));
    const list = await this.queries.execute(new ListFeedback({ tenant, limit: 500 }));
    return layout({ title: 'Feedback with departments', caller, at: '/answers', body: departmentsView(departments, list, await this.zoneOf(tenant)) });
  }

  @Get('feedback/:feedback')
  async one(@CallerParam() caller: Caller, @Param('feedback') feedback: string): Promise<Html> {
    const { tenant } = caller;
    const line = await this.queries.execute(new GetFeedback({ tenant, feedback }));
    const { departments } = await this.queries.execute(new GetDepartments({ tenant }));
    return layout({ title: 'Feedback', caller, at: '/answers', body: feedbackView(line, { departments, mayWrite: mayDo(caller.role, 'today:write'), timeZone: await this.zoneOf(tenant) }) });
  }

  @Post('feedback/:feedback/route')
  @Scope('today:write')
  @Redirect('/', 303)
  route(@CallerParam() caller: Caller, @Param('feedback') feedback: string, @Body() { department, note }: RouteForm) {
    return this.take(caller, feedback, { do: 'routed', department, note });
  }

  @Post('feedback/:feedback/accept')
  @Scope('today:write')
  @Redirect('/', 303)
  accept(@CallerParam() caller: Caller, @Param('feedback') feedback: string, @Body() { note }: NoteForm) {
    return this.take(caller, feedback, { do: 'accepted', note });
  }

  @Post('feedback/:feedback/decline')
  @Scope('today:write')
  @Redirect('/', 303)
  decline(@CallerParam() caller: Caller, @Param('feedback') feedback: string, @Body() { reason, note }: ReasonForm) {
    return this.take(caller, feedback, { do: 'declined', reason, note });
  }

  @Post('feedback/:feedback/answer')
  @Scope('today:write')
  @Redirect('/', 303)
  answer(@CallerParam() caller: Caller, @Param('feedback') feedback: string, @Body() { what }: AnswerTextForm) {
    return this.take(caller, feedback, { do: 'answered', what });
  }

  @Post('feedback/:feedback/tell')
  @Scope('today:write')
  @Redirect('/', 303)
  tell(@CallerParam() caller: Caller, @Param('feedback') feedback: string, @Body() { note }: NoteForm) {
    return this.take(caller, feedback, { do: 'customer-told', note });
  }

  private async take(caller: Caller, feedback: string, command: FeedbackCommand) {
    await this.work.take(caller, feedback, command);
    return { url: feedbackPath(feedback) };
  }

  private async zoneOf(tenant: string): Promise<string> {
    return (await this.today.read(tenant, new Date())).today.timeZone;
  }
}

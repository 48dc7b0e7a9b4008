import { Body, Controller, Get, HttpCode, Inject, Param, Post, Query, UseInterceptors } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import { GetFeedback, ListFeedback } from '#read-model';
import type { Caller } from '../access/api-keys.js';
import { CallerParam, Scope } from '../access/scope.decorator.js';
import { EtagInterceptor } from '../http/etag.interceptor.js';
import { MinPositionInterceptor } from '../http/min-position.interceptor.js';
import { CustomerIds } from '../reads/customer-ids.js';
import { NoQuery, ReadQuery } from '../reads/queries.dto.js';
import { AcceptDto, AnswerDto, DeclineDto, FeedbackQuery, RaiseDto, RouteDto, TellDto, ThemesDto } from './feedback.dto.js';
import { FeedbackWork } from './feedback-work.js';

/** What customers want, and which department does something about it. */
@Controller('v1/feedback')
@UseInterceptors(EtagInterceptor, MinPositionInterceptor)
export class FeedbackController {
  constructor(@Inject(QueryBus) private readonly queries: QueryBus, @Inject(FeedbackWork) private readonly work: FeedbackWork, @Inject(CustomerIds) private readonly ids: CustomerIds) {}

  /** Feedback, the oldest first. */
  @Get()
  @Scope('customers:read')
  async list(@CallerParam() { tenant }: Caller, @Query() { minPosition, owner, customer, ...query }: FeedbackQuery) {
    return this.queries.execute(new ListFeedback({ ...query, tenant, owner: owner === 'all' ? undefined : owner, customer: customer === undefined ? undefined : await this.ids.find(tenant, customer) }));
  }

  /** One piece of feedback with its story. */
  @Get(':feedback')
  @Scope('customers:read')
  one(@CallerParam() { tenant }: Caller, @Param('feedback') feedback: string, @Query() _: ReadQuery) {
    return this.queries.execute(new GetFeedback({ tenant, feedback }));
  }

  /** Raises feedback, and sends it to a department. */
  @Post()
  @Scope('today:write')
  @HttpCode(201)
  raise(@CallerParam() caller: Caller, @Query() _: NoQuery, @Body() body: RaiseDto) {
    return this.work.raise(caller, body);
  }

  /** Sends it to a department, or on to another. */
  @Post(':feedback/route')
  @Scope('today:write')
  @HttpCode(201)
  route(@CallerParam() caller: Caller, @Param('feedback') feedback: string, @Query() _: NoQuery, @Body() body: RouteDto) {
    return this.work.take(caller, feedback, { do: 'routed', ...body });
  }

  /** Says what it is about. */
  @Post(':feedback/themes')
  @Scope('today:write')
  @HttpCode(201)
  themes(@CallerParam() caller: Caller, @Param('feedback') feedback: string, @Query() _: NoQuery, @Body() body: ThemesDto) {
    return this.work.take(caller, feedback, { do: 'themed', ...body });
  }

  /** The department takes it on. */
  @Post(':feedback/accept')
  @Scope('today:write')
  @HttpCode(201)
  accept(@CallerParam() caller: Caller, @Param('feedback') feedback: string, @Query() _: NoQuery, @Body() body: AcceptDto) {
    return this.work.take(caller, feedback, { do: 'accepted', ...body });
  }

  /** The department will not deal with it. */
  @Post(':feedback/decline')
  @Scope('today:write')
  @HttpCode(201)
  decline(@CallerParam() caller: Caller, @Param('feedback') feedback: string, @Query() _: NoQuery, @Body() body: DeclineDto) {
    return this.work.take(caller, feedback, { do: 'declined', ...body });
  }

  /** The department answers. */
  @Post(':feedback/answer')
  @Scope('today:write')
  @HttpCode(201)
  answer(@CallerParam() caller: Caller, @Param('feedback') feedback: string, @Query() _: NoQuery, @Body() body: AnswerDto) {
    return this.work.take(caller, feedback, { do: 'answered', ...body });
  }

  /** The customer was told what became of it. */
  @Post(':feedback/tell')
  @Scope('today:write')
  @HttpCode(201)
  tell(@CallerParam() caller: Caller, @Param('feedback') feedback: string, @Query() _: NoQuery, @Body() body: TellDto) {
    return this.work.take(caller, feedback, { do: 'customer-told', ...body });
  }
}

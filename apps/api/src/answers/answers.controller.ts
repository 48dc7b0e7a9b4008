import { Body, Controller, Get, HttpCode, Inject, Param, Post, Query, UseInterceptors } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import { GetAnswer, GetAnswersSummary, ListAnswers } from '#read-model';
import type { Caller } from '../access/api-keys.js';
import { CallerParam, Scope } from '../access/scope.decorator.js';
import { EtagInterceptor } from '../http/etag.interceptor.js';
import { MinPositionInterceptor } from '../http/min-position.interceptor.js';
import { CustomerIds } from '../reads/customer-ids.js';
import { ownerFor } from '../reads/owner.js';
import { AnswerOfQuery, AnswerQuery, AnswersQuery, AnswersSummaryQuery, ComplaintDto, SetAsideDto } from './answers.dto.js';
import { AnswerWork } from './answer-work.js';

/** What customers answered, and what becomes of it. Reading an answer here leaves no trace; `view` does. */
@Controller('v1/answers')
@UseInterceptors(EtagInterceptor, MinPositionInterceptor)
export class AnswersController {
  constructor(@Inject(QueryBus) private readonly queries: QueryBus, @Inject(AnswerWork) private readonly work: AnswerWork, @Inject(CustomerIds) private readonly ids: CustomerIds) {}

  /** Answers in order: unread ones when nothing else is asked for. */
  @Get()
  @Scope('customers:read')
  async list(@CallerParam() caller: Caller, @Query() { minPosition, owner, customer, ...query }: AnswersQuery) {
    return this.queries.execute(new ListAnswers({ ...query, tenant: caller.tenant, owner: ownerFor(caller, owner), customer: await this.idOf(caller, customer) }));
  }

  /** How answers are dealt with. */
  @Get('summary')
  @Scope('portfolio:read')
  summary(@CallerParam() caller: Caller, @Query() { minPosition, owner, ...query }: AnswersSummaryQuery) {
    return this.queries.execute(new GetAnswersSummary({ ...query, tenant: caller.tenant, owner: ownerFor(caller, owner) }));
  }

  /** One answer with its story. */
  @Get(':survey')
  @Scope('customers:read')
  async one(@CallerParam() caller: Caller, @Param('survey') survey: string, @Query() { customer }: AnswerQuery) {
    return this.queries.execute(new GetAnswer({ tenant: caller.tenant, survey, customer: await this.idOf(caller, customer) }));
  }

  /** Notes that the caller read it, once. */
  @Post(':survey/view')
  @Scope('customers:read')
  @HttpCode(200)
  async view(@CallerParam() caller: Caller, @Param('survey') survey: string, @Query() { customer }: AnswerOfQuery) {
    const noted = await this.work.view(caller, { survey, customer: await this.idOf(caller, customer) });
    return { survey, viewer: caller.actor.id, noted: noted !== null, position: noted?.position ?? null };
  }

  /** Marks it as a complaint. */
  @Post(':survey/complaint')
  @Scope('today:write')
  @HttpCode(201)
  async complaint(@CallerParam() caller: Caller, @Param('survey') survey: string, @Query() { customer }: AnswerOfQuery, @Body() { note }: ComplaintDto) {
    return this.work.complain(caller, { survey, customer: await this.idOf(caller, customer) }, note);
  }

  /** Says that there is nothing to do. */
  @Post(':survey/nothing-to-do')
  @Scope('today:write')
  @HttpCode(201)
  async nothingToDo(@CallerParam() caller: Caller, @Param('survey') survey: string, @Query() { customer }: AnswerOfQuery, @Body() body: SetAsideDto) {
    return this.work.setAside(caller, { survey, customer: await this.idOf(caller, customer) }, body);
  }

  private async idOf({ tenant }: Caller, customer: string | undefined): Promise<string | undefined> {
    return customer === undefined ? undefined : this.ids.find(tenant, customer);
  }
}

import { Body, Controller, Get, HttpCode, Inject, Param, Post, Query, UseInterceptors } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import { GetSuccessPlan, ListSuccessPlans } from '#read-model';
import type { Caller } from '../access/api-keys.js';
import { CallerParam, Scope } from '../access/scope.decorator.js';
import { EtagInterceptor } from '../http/etag.interceptor.js';
import { MinPositionInterceptor } from '../http/min-position.interceptor.js';
import { CustomerIds } from '../reads/customer-ids.js';
import { ownerFor } from '../reads/owner.js';
import { NoQuery, ReadQuery } from '../reads/queries.dto.js';
import { Outcomes } from './outcomes.js';
import { ConfirmOutcomeDto, RejectOutcomeDto, SuccessPlansQuery } from './success-plan.dto.js';

/** What customers want to reach, what we do, and what of it was gained. */
@Controller('v1')
@UseInterceptors(EtagInterceptor, MinPositionInterceptor)
export class SuccessPlanController {
  constructor(@Inject(QueryBus) private readonly queries: QueryBus, @Inject(CustomerIds) private readonly ids: CustomerIds, @Inject(Outcomes) private readonly outcomes: Outcomes) {}

  @Get('customers/:id/success-plan')
  @Scope('customers:read')
  async get(@CallerParam() { tenant }: Caller, @Param('id') id: string, @Query() _: ReadQuery) {
    return this.queries.execute(new GetSuccessPlan({ tenant, customer: await this.ids.find(tenant, id) }));
  }

  @Get('success-plans')
  @Scope('customers:read')
  async list(@CallerParam() caller: Caller, @Query() { owner: asked, without, limit }: SuccessPlansQuery) {
    const owner = ownerFor(caller, asked);
    return { ...await this.queries.execute(new ListSuccessPlans({ tenant: caller.tenant, owner, without: without === 'true', limit })), owner: owner ?? null };
  }

  @Post('customers/:id/success-plan/outcomes/:outcome/confirm')
  @Scope('events:write')
  @HttpCode(201)
  confirm(@CallerParam() caller: Caller, @Param('id') id: string, @Param('outcome') outcome: string, @Query() _: NoQuery, @Body() body: ConfirmOutcomeDto) {
    return this.outcomes.confirm(caller, id, outcome, body);
  }

  @Post('customers/:id/success-plan/outcomes/:outcome/reject')
  @Scope('events:write')
  @HttpCode(201)
  reject(@CallerParam() caller: Caller, @Param('id') id: string, @Param('outcome') outcome: string, @Query() _: NoQuery, @Body() body: RejectOutcomeDto) {
    return this.outcomes.reject(caller, id, outcome, body);
  }
}

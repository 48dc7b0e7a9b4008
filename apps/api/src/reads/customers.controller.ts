import { Controller, Get, Inject, Param, Query, UseInterceptors } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import { GetChurnRisk, GetCustomer, GetHealth, GetHealthDifference, GetHealthHistory, GetRestatements, GetTimeline, ListCustomersAsJson } from '#read-model';
import type { Caller } from '../access/api-keys.js';
import { CallerParam, Scope } from '../access/scope.decorator.js';
import { EtagInterceptor, JsonText } from '../http/etag.interceptor.js';
import { MinPositionInterceptor } from '../http/min-position.interceptor.js';
import { CustomerIds } from './customer-ids.js';
import { ownerFor } from './owner.js';
import { ChurnRiskQuery, CustomersQuery, HealthQuery, HistoryQuery, ReadQuery, SpanQuery, TimelineQuery } from './queries.dto.js';

/** What is known of customers. `{id}` is our id, or `system:id`. */
@Controller('v1/customers')
@Scope('customers:read')
@UseInterceptors(EtagInterceptor, MinPositionInterceptor)
export class CustomersController {
  constructor(@Inject(QueryBus) private readonly queries: QueryBus, @Inject(CustomerIds) private readonly ids: CustomerIds) {}

  /** Finds customers. */
  @Get()
  async list(@CallerParam() caller: Caller, @Query() { minPosition, owner, claimed, ...query }: CustomersQuery) {
    return new JsonText(await this.queries.execute(new ListCustomersAsJson({
      ...query, tenant: caller.tenant, owner: ownerFor(caller, owner), ...(claimed ? { claimed: claimed === 'true' } : {}),
    })));
  }

  /** Who a customer is. */
  @Get(':id')
  async one(@CallerParam() { tenant }: Caller, @Param('id') id: string, @Query() _: ReadQuery) {
    return this.queries.execute(new GetCustomer({ tenant, customer: await this.ids.find(tenant, id) }));
  }

  /** Every touch, newest first. */
  @Get(':id/timeline')
  async timeline(@CallerParam() { tenant }: Caller, @Param('id') id: string, @Query() { minPosition, ...query }: TimelineQuery) {
    return this.queries.execute(new GetTimeline({ ...query, tenant, customer: await this.ids.find(tenant, id) }));
  }

  /** The health of a customer, with what made it. */
  @Get(':id/health')
  async health(@CallerParam() { tenant }: Caller, @Param('id') id: string, @Query() { minPosition, ...query }: HealthQuery) {
    return this.queries.execute(new GetHealth({ ...query, tenant, customer: await this.ids.find(tenant, id) }));
  }

  /** The score at day closes. */
  @Get(':id/health/history')
  async history(@CallerParam() { tenant }: Caller, @Param('id') id: string, @Query() { minPosition, ...query }: HistoryQuery) {
    return this.queries.execute(new GetHealthHistory({ ...query, tenant, customer: await this.ids.find(tenant, id) }));
  }

  /** What moved the score between two moments. */
  @Get(':id/health/difference')
  async difference(@CallerParam() { tenant }: Caller, @Param('id') id: string, @Query() { minPosition, ...query }: SpanQuery) {
    return this.queries.execute(new GetHealthDifference({ ...query, tenant, customer: await this.ids.find(tenant, id) }));
  }

  /** What was said of closed days and is another now. */
  @Get(':id/health/restatements')
  async restatements(@CallerParam() { tenant }: Caller, @Param('id') id: string, @Query() _: ReadQuery) {
    return this.queries.execute(new GetRestatements({ tenant, customer: await this.ids.find(tenant, id) }));
  }

  /** The risk that a customer leaves, with what makes it. */
  @Get(':id/churn-risk')
  async churnRisk(@CallerParam() { tenant }: Caller, @Param('id') id: string, @Query() { minPosition, ...query }: ChurnRiskQuery) {
    return this.queries.execute(new GetChurnRisk({ ...query, tenant, customer: await this.ids.find(tenant, id) }));
  }
}

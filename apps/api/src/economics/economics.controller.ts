import { Controller, Get, Inject, Param, Query, UseInterceptors } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import { GetCustomerEconomics, GetEconomics, GetFit, ListEconomics } from '#read-model';
import type { Caller } from '../access/api-keys.js';
import { CallerParam, Scope } from '../access/scope.decorator.js';
import { EtagInterceptor } from '../http/etag.interceptor.js';
import { MinPositionInterceptor } from '../http/min-position.interceptor.js';
import { CustomerIds } from '../reads/customer-ids.js';
import { CustomerEconomicsQuery, EconomicsListQuery, EconomicsQuery, FitQuery } from './economics.dto.js';

/** What customers earn us and cost us. */
@Controller('v1')
@Scope('portfolio:read')
@UseInterceptors(EtagInterceptor, MinPositionInterceptor)
export class EconomicsController {
  constructor(@Inject(QueryBus) private readonly queries: QueryBus, @Inject(CustomerIds) private readonly ids: CustomerIds) {}

  /** All figures, per currency. */
  @Get('economics')
  figures(@CallerParam() { tenant }: Caller, @Query() { minPosition, ...query }: EconomicsQuery) {
    return this.queries.execute(new GetEconomics({ ...query, tenant }));
  }

  /** Customers with their margins and what has come back of what winning them cost. */
  @Get('economics/customers')
  list(@CallerParam() { tenant }: Caller, @Query() { minPosition, negative, ...query }: EconomicsListQuery) {
    return this.queries.execute(new ListEconomics({ ...query, tenant, negative: negative === 'true' }));
  }

  /** Churn and margin by how well customers fitted at the sale. */
  @Get('economics/fit')
  fit(@CallerParam() { tenant }: Caller, @Query() { minPosition, ...query }: FitQuery) {
    return this.queries.execute(new GetFit({ ...query, tenant }));
  }

  /** The ledger of one customer. */
  @Get('customers/:id/economics')
  async one(@CallerParam() { tenant }: Caller, @Param('id') id: string, @Query() { minPosition, ...query }: CustomerEconomicsQuery) {
    return this.queries.execute(new GetCustomerEconomics({ ...query, tenant, customer: await this.ids.find(tenant, id) }));
  }
}

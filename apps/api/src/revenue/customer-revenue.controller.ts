import { Controller, Get, Inject, Param, Query, UseInterceptors } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import { GetCustomerRevenue } from '#read-model';
import type { Caller } from '../access/api-keys.js';
import { CallerParam, Scope } from '../access/scope.decorator.js';
import { EtagInterceptor } from '../http/etag.interceptor.js';
import { MinPositionInterceptor } from '../http/min-position.interceptor.js';
import { CustomerIds } from '../reads/customer-ids.js';
import { CustomerRevenueQuery } from './revenue.dto.js';
import { revenueOptions } from './revenue-options.js';

@Controller('v1/customers/:id/revenue')
@Scope('customers:read')
@UseInterceptors(EtagInterceptor, MinPositionInterceptor)
export class CustomerRevenueController {
  constructor(@Inject(QueryBus) private readonly queries: QueryBus, @Inject(CustomerIds) private readonly ids: CustomerIds) {}

  /** What a customer brings in a year, and every movement of it. */
  @Get()
  async one(@CallerParam() { tenant }: Caller, @Param('id') id: string, @Query() query: CustomerRevenueQuery) {
    return this.queries.execute(new GetCustomerRevenue({ ...revenueOptions(query), tenant, customer: await this.ids.find(tenant, id) }));
  }
}

import { Controller, Get, Inject, Query, UseInterceptors } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import { GetIncidents, GetRevenue, ListRevenueCustomers } from '#read-model';
import type { Caller } from '../access/api-keys.js';
import { CallerParam, Scope } from '../access/scope.decorator.js';
import { EtagInterceptor } from '../http/etag.interceptor.js';
import { MinPositionInterceptor } from '../http/min-position.interceptor.js';
import { IncidentsQuery, RevenueCustomersQuery, RevenueQuery } from './revenue.dto.js';
import { revenueOptions } from './revenue-options.js';

/** Recurring revenue and how much of it is kept. */
@Controller('v1/revenue')
@Scope('portfolio:read')
@UseInterceptors(EtagInterceptor, MinPositionInterceptor)
export class RevenueController {
  constructor(@Inject(QueryBus) private readonly queries: QueryBus) {}

  /** The waterfall of a period, and every ratio. */
  @Get()
  figures(@CallerParam() { tenant }: Caller, @Query() query: RevenueQuery) {
    return this.queries.execute(new GetRevenue({ ...revenueOptions(query), tenant }));
  }

  /** What the model says of a class of incidents. */
  @Get('incidents')
  incidents(@CallerParam() { tenant }: Caller, @Query() { minPosition, ...query }: IncidentsQuery) {
    return this.queries.execute(new GetIncidents({ ...query, tenant }));
  }

  /** Who makes a figure, with the facts. */
  @Get('customers')
  customers(@CallerParam() { tenant }: Caller, @Query() query: RevenueCustomersQuery) {
    const { movement: figure, ...options } = revenueOptions(query);
    return this.queries.execute(new ListRevenueCustomers({ ...options, figure, tenant }));
  }
}

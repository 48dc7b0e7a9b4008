import { Controller, Get, Inject, Query, UseInterceptors } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import { GetPortfolio } from '#read-model';
import type { Caller } from '../access/api-keys.js';
import { CallerParam, Scope } from '../access/scope.decorator.js';
import { EtagInterceptor } from '../http/etag.interceptor.js';
import { MinPositionInterceptor } from '../http/min-position.interceptor.js';
import { ownerFor } from './owner.js';
import { OwnerQuery } from './queries.dto.js';

@Controller('v1/portfolio')
@Scope('portfolio:read')
@UseInterceptors(EtagInterceptor, MinPositionInterceptor)
export class PortfolioController {
  constructor(@Inject(QueryBus) private readonly queries: QueryBus) {}

  /** Counts and amounts over all customers, or those of one owner. */
  @Get()
  get(@CallerParam() caller: Caller, @Query() { owner }: OwnerQuery) {
    return this.queries.execute(new GetPortfolio({ tenant: caller.tenant, owner: ownerFor(caller, owner) }));
  }
}

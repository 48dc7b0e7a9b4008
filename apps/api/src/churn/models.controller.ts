import { Controller, Get, Inject, Param, Query, UseInterceptors } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import { ExplainChurnModel, GetChurnDrift, GetChurnModel, ListChurnModels } from '#read-model';
import type { Caller } from '../access/api-keys.js';
import { CallerParam, Scope } from '../access/scope.decorator.js';
import { EtagInterceptor } from '../http/etag.interceptor.js';
import { NoQuery } from '../reads/queries.dto.js';

/** What is known of models of churn risk. `{id}` is that of a model, `prior`, or `in-force`. */
@Controller('v1/churn')
@Scope('customers:read')
@UseInterceptors(EtagInterceptor)
export class ModelsController {
  constructor(@Inject(QueryBus) private readonly queries: QueryBus) {}

  /** Every model that was trained, and which is in force. */
  @Get('models')
  list(@CallerParam() { tenant }: Caller, @Query() _: NoQuery) {
    return this.queries.execute(new ListChurnModels({ tenant }));
  }

  /** A model in full. */
  @Get('models/:id')
  one(@CallerParam() { tenant }: Caller, @Param('id') id: string, @Query() _: NoQuery) {
    return this.queries.execute(new GetChurnModel({ tenant, id }));
  }

  /** What it looks at, in words. */
  @Get('models/:id/explain')
  explain(@CallerParam() { tenant }: Caller, @Param('id') id: string, @Query() _: NoQuery) {
    return this.queries.execute(new ExplainChurnModel({ tenant, id }));
  }

  /** How far models have drifted. */
  @Get('drift')
  drift(@CallerParam() { tenant }: Caller, @Query() _: NoQuery) {
    return this.queries.execute(new GetChurnDrift({ tenant }));
  }
}

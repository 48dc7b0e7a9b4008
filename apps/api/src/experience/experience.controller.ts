import { Controller, Get, Inject, Query, UseInterceptors } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import { GetExperience, GetOutages, GetPain, GetWatermelon } from '#read-model';
import type { Caller } from '../access/api-keys.js';
import { CallerParam, Scope } from '../access/scope.decorator.js';
import { EtagInterceptor } from '../http/etag.interceptor.js';
import { MinPositionInterceptor } from '../http/min-position.interceptor.js';
import { ExperienceQuery, ExperienceWindowQuery } from './experience.dto.js';

/** How customers live through our service. */
@Controller('v1/experience')
@Scope('customers:read')
@UseInterceptors(EtagInterceptor, MinPositionInterceptor)
export class ExperienceController {
  constructor(@Inject(QueryBus) private readonly queries: QueryBus) {}

  /** Answers, response and tickets in figures. */
  @Get()
  figures(@CallerParam() { tenant }: Caller, @Query() { minPosition, ...query }: ExperienceQuery) {
    return this.queries.execute(new GetExperience({ ...query, tenant }));
  }

  /** What hurts most. */
  @Get('pain')
  pain(@CallerParam() { tenant }: Caller, @Query() { minPosition, ...query }: ExperienceWindowQuery) {
    return this.queries.execute(new GetPain({ ...query, tenant }));
  }

  /** What customers were told of outages, and when. */
  @Get('outages')
  outages(@CallerParam() { tenant }: Caller, @Query() { minPosition, ...query }: ExperienceWindowQuery) {
    return this.queries.execute(new GetOutages({ ...query, tenant }));
  }

  /** Where targets were met and customers were not content. */
  @Get('watermelon')
  watermelon(@CallerParam() { tenant }: Caller, @Query() { minPosition, ...query }: ExperienceWindowQuery) {
    return this.queries.execute(new GetWatermelon({ ...query, tenant }));
  }
}

import { Controller, Get, Inject, Query, UseInterceptors } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import { GetJourney } from '#read-model';
import type { Caller } from '../../access/api-keys.js';
import { CallerParam, Scope } from '../../access/scope.decorator.js';
import type { Html } from '../html.js';
import { withJumps } from '../jumps.js';
import { layout } from '../layout.js';
import { PageInterceptor } from '../page.interceptor.js';
import { JourneyForm } from './journey-form.dto.js';
import { journeyView } from './journey-view.js';

const SHOWN = 10;

/** The journey of all customers, drawn. */
@Controller('journey')
@Scope('customers:read')
@UseInterceptors(PageInterceptor)
export class JourneyPage {
  constructor(@Inject(QueryBus) private readonly queries: QueryBus) {}

  @Get()
  async show(@CallerParam() caller: Caller, @Query() form: JourneyForm): Promise<Html> {
    const journey = await this.queries.execute(new GetJourney({ tenant: caller.tenant, asOf: form.asOf, start: form.start, by: form.by, limit: SHOWN }));
    return layout({ title: 'Journey', caller, at: '/journey', body: withJumps(journeyView(journey, form)) });
  }
}

import { Controller, Get, Inject, Query, UseInterceptors } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import { GetEconomics, GetFit, ListEconomics } from '#read-model';
import type { Caller } from '../../access/api-keys.js';
import { CallerParam, Scope } from '../../access/scope.decorator.js';
import type { Html } from '../html.js';
import { withJumps } from '../jumps.js';
import { layout } from '../layout.js';
import { PageInterceptor } from '../page.interceptor.js';
import { EconomicsForm } from './economics-form.dto.js';
import { economicsView } from './economics-view.js';

/** So many customers are drawn and listed: those that come to least. */
const DRAWN = 200;

/** What customers earn us and cost us, drawn. */
@Controller('economics')
@Scope('portfolio:read')
@UseInterceptors(PageInterceptor)
export class EconomicsPage {
  constructor(@Inject(QueryBus) private readonly queries: QueryBus) {}

  @Get()
  async show(@CallerParam() caller: Caller, @Query() form: EconomicsForm): Promise<Html> {
    const { by, ...options } = { ...form, tenant: caller.tenant };
    const figures = await this.queries.execute(new GetEconomics({ ...options, by }));
    const currency = figures.currencies[0]?.currency;
    const list = await this.queries.execute(new ListEconomics({ ...options, currency, limit: DRAWN }));
    const fit = await this.queries.execute(new GetFit({ tenant: caller.tenant, segment: form.segment, knownAt: form.knownAt, currency }));
    return layout({ title: 'Economics', caller, at: '/economics', body: withJumps(economicsView({ figures, list, fit }, form)) });
  }
}

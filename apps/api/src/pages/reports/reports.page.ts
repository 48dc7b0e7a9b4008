import { Controller, Get, Inject, Query, Redirect, UseInterceptors } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import { GetChoices } from '#read-model';
import type { Caller } from '../../access/api-keys.js';
import { CallerParam, Scope } from '../../access/scope.decorator.js';
import { Reports } from '../../report/reports.js';
import type { Html } from '../html.js';
import { layout } from '../layout.js';
import { PageInterceptor } from '../page.interceptor.js';
import { address } from '../words.js';
import { OpenReportForm } from './reports-form.dto.js';
import { reportsView } from './reports-view.js';

/** Where to find the strategic report: of any quarter as it stands, and what was published. */
@Controller('reports')
@Scope('portfolio:read')
@UseInterceptors(PageInterceptor)
export class ReportsPage {
  constructor(@Inject(QueryBus) private readonly queries: QueryBus, @Inject(Reports) private readonly reports: Reports) {}

  @Get()
  async show(@CallerParam() caller: Caller): Promise<Html> {
    const { tenant } = caller;
    const { segments } = await this.queries.execute(new GetChoices({ tenant }));
    return layout({ title: 'Report', caller, at: '/reports', body: reportsView({ ...await this.reports.quarters(tenant), segments, published: await this.reports.list(tenant) }) });
  }

  /** Leads to the report that was chosen; fields that were left empty are left out. */
  @Get('open')
  @Redirect('/reports', 303)
  open(@Query() { period, segment, format = 'html' }: OpenReportForm): { url: string } {
    return { url: address('/v1/reports/strategic', { period, segment, format }) };
  }
}

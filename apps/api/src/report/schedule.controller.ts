import { Body, Controller, Get, Header, Inject, Put, Query } from '@nestjs/common';
import { listStaff, nextReport, reportSchedule, setReportSchedule } from '#read-model';
import type { Caller } from '../access/api-keys.js';
import { CallerParam, Scope } from '../access/scope.decorator.js';
import { Connections } from '../connections.js';
import { ApiProblem } from '../problems/api-problem.js';
import { NoQuery } from '../reads/queries.dto.js';
import { ReportScheduleDto } from './schedule.dto.js';

const DAYS_AFTER = 5;

/** When the strategic report is published by itself, and whom of ours it is mailed to. */
@Controller('v1/tenant/report-schedule')
@Scope('admin')
export class ReportScheduleController {
  constructor(@Inject(Connections) private readonly connections: Connections) {}

  @Get()
  @Header('cache-control', 'no-store')
  get(@CallerParam() { tenant }: Caller, @Query() _: NoQuery) {
    return this.connections.reader.inTenant(tenant, async (sql) => ({ ...await reportSchedule(sql, tenant), ...await nextReport(sql, tenant, new Date()) }));
  }

  /** In the place of what was set before. */
  @Put()
  async set(@CallerParam() caller: Caller, @Query() _: NoQuery, @Body() { on, daysAfter = DAYS_AFTER, segments = [], to }: ReportScheduleDto) {
    const { tenant, actor } = caller;
    const staff = await this.connections.reader.inTenant(tenant, (sql) => listStaff(sql, tenant));
    const errors = (to ?? []).flatMap((id, place) => (staff.some((member) => member.id === id) ? [] : [{ pointer: `/to/${place}`, detail: `Nobody of the staff is called ${id}.` }]));
    if (errors.length > 0) throw new ApiProblem('invalid-body', errors[0]!.detail, { errors });
    await this.connections.worker.statements((sql) => setReportSchedule(sql, tenant, { on, daysAfter, segments, to: to ?? null, by: actor.id }));
    return this.get(caller, _);
  }
}

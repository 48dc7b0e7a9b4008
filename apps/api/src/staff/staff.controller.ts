import { Body, Controller, Delete, Get, Header, HttpCode, Inject, Param, Put, Query } from '@nestjs/common';
import { listStaff, morningMail, nextMorning, removeStaff, setMorningMail, setStaff } from '#read-model';
import type { Caller } from '../access/api-keys.js';
import { CallerParam, Scope } from '../access/scope.decorator.js';
import { Connections } from '../connections.js';
import { ApiProblem } from '../problems/api-problem.js';
import { NoQuery } from '../reads/queries.dto.js';
import { MorningMailDto, StaffDto } from './staff.dto.js';

const CODE = /^[A-Za-z0-9._:/-]{1,100}$/;

/** Who works for the tenant, where they are written to, and when the mail of the morning goes out. */
@Controller('v1')
@Scope('admin')
export class StaffController {
  constructor(@Inject(Connections) private readonly connections: Connections) {}

  @Get('staff')
  @Header('cache-control', 'no-store')
  async list(@CallerParam() { tenant }: Caller, @Query() _: NoQuery) {
    return { staff: await this.connections.reader.inTenant(tenant, (sql) => listStaff(sql, tenant)) };
  }

  @Put('staff/:id')
  async set(@CallerParam() { tenant, actor }: Caller, @Param('id') id: string, @Query() _: NoQuery, @Body() { email, roles }: StaffDto) {
    if (!CODE.test(id)) throw new ApiProblem('invalid-parameter', 'The code of a person has 1 to 100 letters, digits and . _ : / -');
    await this.connections.worker.statements((sql) => setStaff(sql, tenant, { id, email, roles, by: actor.id }));
    return { id, email, roles, ...await this.next(tenant) };
  }

  @Delete('staff/:id')
  @HttpCode(204)
  async remove(@CallerParam() { tenant }: Caller, @Param('id') id: string, @Query() _: NoQuery): Promise<void> {
    if (!CODE.test(id) || !await this.connections.worker.statements((sql) => removeStaff(sql, tenant, id))) throw new ApiProblem('staff-unknown', `Nobody of yours is called ${id}.`);
  }

  @Get('tenant/morning-mail')
  @Header('cache-control', 'no-store')
  async morning(@CallerParam() { tenant }: Caller, @Query() _: NoQuery) {
    return { ...await this.connections.reader.inTenant(tenant, (sql) => morningMail(sql, tenant)), ...await this.next(tenant) };
  }

  @Put('tenant/morning-mail')
  async setMorning(@CallerParam() { tenant }: Caller, @Query() _: NoQuery, @Body() { at, on }: MorningMailDto) {
    await this.connections.worker.statements((sql) => setMorningMail(sql, tenant, { at, on }));
    return { at, on, ...await this.next(tenant) };
  }

  private next(tenant: string) {
    return this.connections.reader.inTenant(tenant, (sql) => nextMorning(sql, tenant, new Date()));
  }
}

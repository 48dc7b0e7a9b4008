import { Body, Controller, Get, HttpCode, Inject, Param, Post, Put, Query, UseInterceptors } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import { GetDepartments } from '#read-model';
import type { Caller } from '../access/api-keys.js';
import { CallerParam, Scope } from '../access/scope.decorator.js';
import { EtagInterceptor } from '../http/etag.interceptor.js';
import { MinPositionInterceptor } from '../http/min-position.interceptor.js';
import { NoQuery, ReadQuery } from '../reads/queries.dto.js';
import { Departments } from './departments.js';
import { DepartmentDto } from './feedback.dto.js';

/** Departments that get feedback, and how they deal with it. */
@Controller('v1/departments')
@UseInterceptors(EtagInterceptor, MinPositionInterceptor)
export class DepartmentsController {
  constructor(@Inject(QueryBus) private readonly queries: QueryBus, @Inject(Departments) private readonly departments: Departments) {}

  /** All of them with their figures. */
  @Get()
  @Scope('portfolio:read')
  list(@CallerParam() { tenant }: Caller, @Query() _: ReadQuery) {
    return this.queries.execute(new GetDepartments({ tenant }));
  }

  /** Makes a department, or changes it. */
  @Put(':department')
  @Scope('admin')
  set(@CallerParam() caller: Caller, @Param('department') department: string, @Query() _: NoQuery, @Body() body: DepartmentDto) {
    return this.departments.set(caller, department, body);
  }

  /** It gets no feedback any more. */
  @Post(':department/retire')
  @Scope('admin')
  @HttpCode(200)
  retire(@CallerParam() caller: Caller, @Param('department') department: string, @Query() _: NoQuery) {
    return this.departments.retire(caller, department);
  }
}

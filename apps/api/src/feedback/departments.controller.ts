import { Body, Controller, Get, HttpCode, Inject, Param, Post, Put, Query, UseInterceptors } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import { DEPARTMENTS, GetDepartments } from '#read-model';
import type { Caller } from '../access/api-keys.js';
import { CallerParam, Scope } from '../access/scope.decorator.js';
import { OwnFacts } from '../events/own-facts.js';
import { EtagInterceptor } from '../http/etag.interceptor.js';
import { MinPositionInterceptor } from '../http/min-position.interceptor.js';
import { ApiProblem } from '../problems/api-problem.js';
import { NoQuery, ReadQuery } from '../reads/queries.dto.js';
import { DepartmentDto } from './feedback.dto.js';

/** Departments that get feedback, and how they deal with it. */
@Controller('v1/departments')
@UseInterceptors(EtagInterceptor, MinPositionInterceptor)
export class DepartmentsController {
  constructor(@Inject(QueryBus) private readonly queries: QueryBus, @Inject(OwnFacts) private readonly facts: OwnFacts) {}

  /** All of them with their figures. */
  @Get()
  @Scope('portfolio:read')
  list(@CallerParam() { tenant }: Caller, @Query() _: ReadQuery) {
    return this.queries.execute(new GetDepartments({ tenant }));
  }

  /** Makes a department, or changes it. */
  @Put(':department')
  @Scope('admin')
  async set(@CallerParam() caller: Caller, @Param('department') department: string, @Query() _: NoQuery, @Body() { name, owner, answerWithinHours }: DepartmentDto) {
    return { department, position: await this.facts.decide(caller, DEPARTMENTS, department, () => ({ type: 'department.set', data: { department, name, owner, answerWithinHours } })) };
  }

  /** It gets no feedback any more. */
  @Post(':department/retire')
  @Scope('admin')
  @HttpCode(200)
  async retire(@CallerParam() caller: Caller, @Param('department') department: string, @Query() _: NoQuery) {
    return { department, position: await this.facts.decide(caller, DEPARTMENTS, department, (facts) => {
      if (facts.at(-1)?.type !== 'department.set') throw new ApiProblem('department-unknown', `There is no department ${department}.`);
      return { type: 'department.retired', data: { department } };
    }) };
  }
}

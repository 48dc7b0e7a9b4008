import { Body, Controller, Get, HttpCode, Inject, Param, Post, Query } from '@nestjs/common';
import type { Caller } from '../access/api-keys.js';
import { CallerParam, Scope } from '../access/scope.decorator.js';
import { NoQuery } from '../reads/queries.dto.js';
import { EndDto, ExperimentDto } from './experiment.dto.js';
import { Experiments } from './experiments.js';

/** Does what we do to keep customers help? A share of them is held out by lot. */
@Controller('v1/churn/experiments')
export class ExperimentsController {
  constructor(@Inject(Experiments) private readonly experiments: Experiments) {}

  @Get()
  @Scope('customers:read')
  async list(@CallerParam() caller: Caller, @Query() _: NoQuery) {
    return { experiments: await this.experiments.list(caller) };
  }

  /** What one would take; starts it when asked to. */
  @Post()
  @Scope('churn:write')
  @HttpCode(200)
  plan(@CallerParam() caller: Caller, @Query() _: NoQuery, @Body() body: ExperimentDto) {
    return this.experiments.plan(caller, body);
  }

  /** Whether it helped, so far. */
  @Get(':id')
  @Scope('customers:read')
  report(@CallerParam() caller: Caller, @Param('id') id: string, @Query() _: NoQuery) {
    return this.experiments.report(caller, id);
  }

  @Post(':id/end')
  @Scope('churn:write')
  @HttpCode(200)
  end(@CallerParam() caller: Caller, @Param('id') id: string, @Query() _: NoQuery, @Body() { reason }: EndDto) {
    return this.experiments.end(caller, id, reason);
  }
}

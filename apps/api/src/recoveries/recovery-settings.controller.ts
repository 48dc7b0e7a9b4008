import { Body, Controller, Get, Inject, Put, Query } from '@nestjs/common';
import type { Caller } from '../access/api-keys.js';
import { CallerParam, Scope } from '../access/scope.decorator.js';
import { NoQuery } from '../reads/queries.dto.js';
import { RecoverySettingsOfTenant } from './recovery-settings.js';

/** Who looks after recoveries, how long each step may take, and when we work. */
@Controller('v1')
@Scope('admin')
export class RecoverySettingsController {
  constructor(@Inject(RecoverySettingsOfTenant) private readonly settings: RecoverySettingsOfTenant) {}

  @Get('recovery-policy')
  policy(@CallerParam() { tenant }: Caller, @Query() _: NoQuery) {
    return this.settings.policy(tenant);
  }

  @Put('recovery-policy')
  setPolicy(@CallerParam() caller: Caller, @Query() _: NoQuery, @Body() body: Record<string, unknown>) {
    return this.settings.decide(caller, 'policy', body);
  }

  @Get('working-hours')
  hours(@CallerParam() { tenant }: Caller, @Query() _: NoQuery) {
    return this.settings.hours(tenant);
  }

  @Put('working-hours')
  setHours(@CallerParam() caller: Caller, @Query() _: NoQuery, @Body() body: Record<string, unknown>) {
    return this.settings.decide(caller, 'hours', body);
  }
}

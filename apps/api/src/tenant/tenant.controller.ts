import { Body, Controller, Get, Header, Inject, Put, Query } from '@nestjs/common';
import type { Caller } from '../access/api-keys.js';
import { CallerParam, Scope } from '../access/scope.decorator.js';
import { NoQuery } from '../reads/queries.dto.js';
import { PinDto } from './pin.dto.js';
import { TenantToday } from './tenant-today.js';

/** The tenant's today, which administrators may set by hand. */
@Controller('v1/tenant/today')
@Scope('admin')
export class TenantController {
  constructor(@Inject(TenantToday) private readonly today: TenantToday) {}

  @Get()
  @Header('cache-control', 'no-store')
  read(@CallerParam() { tenant }: Caller, @Query() _: NoQuery) {
    return this.today.read(tenant, new Date());
  }

  @Put()
  @Header('cache-control', 'no-store')
  set(@CallerParam() caller: Caller, @Query() _: NoQuery, @Body() { day }: PinDto) {
    return this.today.set(caller, day, new Date());
  }
}

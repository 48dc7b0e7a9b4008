import { Body, Controller, HttpCode, Inject, Param, Post, Query } from '@nestjs/common';
import type { Caller } from '../access/api-keys.js';
import { CallerParam, Scope } from '../access/scope.decorator.js';
import { NoQuery } from '../reads/queries.dto.js';
import { ClearDto, OverrideDto } from './override.dto.js';
import { Overrides } from './overrides.js';

/** Scores set by hand, for who may send these facts. */
@Controller('v1/customers')
@Scope('events:write')
export class OverridesController {
  constructor(@Inject(Overrides) private readonly overrides: Overrides) {}

  /** Sets a score by hand, until a day. */
  @Post(':id/override')
  @HttpCode(201)
  set(@CallerParam() caller: Caller, @Param('id') id: string, @Query() _: NoQuery, @Body() body: OverrideDto) {
    return this.overrides.set(caller, id, body);
  }

  /** What was set by hand holds no longer. */
  @Post(':id/override/clear')
  @HttpCode(201)
  clear(@CallerParam() caller: Caller, @Param('id') id: string, @Query() _: NoQuery, @Body() body: ClearDto) {
    return this.overrides.clear(caller, id, body);
  }
}

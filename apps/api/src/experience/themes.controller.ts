import { Body, Controller, Get, HttpCode, Inject, Param, Post, Put, Query } from '@nestjs/common';
import { THEMES, themesOf } from '#read-model';
import type { Caller } from '../access/api-keys.js';
import { CallerParam, Scope } from '../access/scope.decorator.js';
import { Connections } from '../connections.js';
import { OwnFacts } from '../events/own-facts.js';
import { ApiProblem } from '../problems/api-problem.js';
import { NoQuery } from '../reads/queries.dto.js';
import { ThemeDto } from './experience.dto.js';

/** What customers may complain of, as a tenant counts it. */
@Controller('v1/experience/themes')
export class ThemesController {
  constructor(@Inject(OwnFacts) private readonly facts: OwnFacts, @Inject(Connections) private readonly connections: Connections) {}

  /** The themes that are counted now. */
  @Get()
  @Scope('customers:read')
  list(@CallerParam() { tenant }: Caller, @Query() _: NoQuery) {
    return this.connections.reader.inTenant(tenant, (sql) => themesOf(sql, tenant));
  }

  /** Makes a theme, or changes it. */
  @Put(':theme')
  @Scope('admin')
  async set(@CallerParam() caller: Caller, @Param('theme') theme: string, @Query() _: NoQuery, @Body() { label, words, categories }: ThemeDto) {
    return { theme, position: await this.facts.decide(caller, THEMES, theme, () => ({ type: 'theme.set', data: { theme, label, words, ...(categories && { categories }) } })) };
  }

  /** Nothing is counted under it any more. */
  @Post(':theme/retire')
  @Scope('admin')
  @HttpCode(200)
  async retire(@CallerParam() caller: Caller, @Param('theme') theme: string, @Query() _: NoQuery) {
    return { theme, position: await this.facts.decide(caller, THEMES, theme, (facts) => {
      if (facts.at(-1)?.type !== 'theme.set') throw new ApiProblem('theme-unknown', `No theme ${theme} was set.`);
      return { type: 'theme.retired', data: { theme } };
    }) };
  }
}

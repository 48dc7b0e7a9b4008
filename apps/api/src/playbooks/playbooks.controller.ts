import { Body, Controller, Get, Header, HttpCode, Inject, Param, Post, Put, Query } from '@nestjs/common';
import type { Caller } from '../access/api-keys.js';
import { CallerParam, Scope } from '../access/scope.decorator.js';
import { NoQuery } from '../reads/queries.dto.js';
import { PlaybookDto, PlaybookStopDto } from './playbook.dto.js';
import { Playbooks } from './playbooks.js';

/** Which tasks are made when something happens at a customer. */
@Controller('v1/playbooks')
export class PlaybooksController {
  constructor(@Inject(Playbooks) private readonly playbooks: Playbooks) {}

  @Get()
  @Scope('customers:read')
  @Header('cache-control', 'no-store')
  async list(@CallerParam() { tenant }: Caller, @Query() _: NoQuery) {
    return { playbooks: await this.playbooks.list(tenant) };
  }

  @Put(':id')
  @Scope('admin')
  set(@CallerParam() caller: Caller, @Param('id') id: string, @Query() _: NoQuery, @Body() body: PlaybookDto) {
    return this.playbooks.set(caller, id, body);
  }

  @Post(':id/stop')
  @Scope('admin')
  @HttpCode(200)
  stop(@CallerParam() caller: Caller, @Param('id') id: string, @Query() _: NoQuery, @Body() { reason }: PlaybookStopDto) {
    return this.playbooks.stop(caller, id, reason);
  }
}

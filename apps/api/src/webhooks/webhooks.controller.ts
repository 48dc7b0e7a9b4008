import { Body, Controller, Delete, Get, Header, HttpCode, Inject, Param, Post, Put, Query } from '@nestjs/common';
import type { Caller } from '../access/api-keys.js';
import { CallerParam, Scope } from '../access/scope.decorator.js';
import { NoQuery } from '../reads/queries.dto.js';
import { NewWebhookDto, WebhookDto, WebhookRotationDto } from './webhook.dto.js';
import { viewOf } from './webhook-view.js';
import { Webhooks } from './webhooks.js';

const GRACE_HOURS = 24;

/** Who is told of facts by webhook. */
@Controller('v1/webhooks')
@Scope('admin')
export class WebhooksController {
  constructor(@Inject(Webhooks) private readonly webhooks: Webhooks) {}

  @Get()
  @Header('cache-control', 'no-store')
  async list(@CallerParam() { tenant }: Caller, @Query() _: NoQuery) {
    return { webhooks: await this.webhooks.list(tenant) };
  }

  @Post()
  @Header('cache-control', 'no-store')
  create(@CallerParam() caller: Caller, @Query() _: NoQuery, @Body() body: NewWebhookDto) {
    return this.webhooks.create(caller, body);
  }

  @Get(':id')
  @Header('cache-control', 'no-store')
  async one(@CallerParam() { tenant }: Caller, @Param('id') id: string, @Query() _: NoQuery) {
    return viewOf(await this.webhooks.find(tenant, id));
  }

  @Put(':id')
  change(@CallerParam() { tenant }: Caller, @Param('id') id: string, @Query() _: NoQuery, @Body() body: WebhookDto) {
    return this.webhooks.change(tenant, id, body);
  }

  @Delete(':id')
  @HttpCode(204)
  remove(@CallerParam() { tenant }: Caller, @Param('id') id: string, @Query() _: NoQuery): Promise<void> {
    return this.webhooks.remove(tenant, id);
  }

  @Post(':id/enable')
  @HttpCode(200)
  enable(@CallerParam() { tenant }: Caller, @Param('id') id: string, @Query() _: NoQuery) {
    return this.webhooks.enable(tenant, id, true);
  }

  @Post(':id/disable')
  @HttpCode(200)
  disable(@CallerParam() { tenant }: Caller, @Param('id') id: string, @Query() _: NoQuery) {
    return this.webhooks.enable(tenant, id, false);
  }

  @Get(':id/secret')
  @Header('cache-control', 'no-store')
  secret(@CallerParam() { tenant }: Caller, @Param('id') id: string, @Query() _: NoQuery) {
    return this.webhooks.secret(tenant, id);
  }

  @Post(':id/rotation')
  @Header('cache-control', 'no-store')
  rotate(@CallerParam() { tenant }: Caller, @Param('id') id: string, @Query() _: NoQuery, @Body() { graceHours = GRACE_HOURS }: WebhookRotationDto) {
    return this.webhooks.rotate(tenant, id, graceHours);
  }
}

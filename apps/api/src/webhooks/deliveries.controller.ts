import { Body, Controller, Get, Header, HttpCode, Inject, Param, Post, Query } from '@nestjs/common';
import { listDeliveries, sendAgain, sendTest } from '#outbound';
import type { Caller } from '../access/api-keys.js';
import { CallerParam, Scope } from '../access/scope.decorator.js';
import { Connections } from '../connections.js';
import { ApiProblem } from '../problems/api-problem.js';
import { NoQuery } from '../reads/queries.dto.js';
import { DeliveriesQuery, RedeliveryDto } from './webhook.dto.js';
import { deliveryView } from './webhook-view.js';
import { known, Webhooks } from './webhooks.js';

const PAGE = 50;
const ID = /^msg_[A-Za-z0-9_-]{1,60}$/;

/** What was, or is to be, sent to an endpoint, and how that went. */
@Controller('v1/webhooks/:id')
@Scope('admin')
export class DeliveriesController {
  constructor(@Inject(Webhooks) private readonly webhooks: Webhooks, @Inject(Connections) private readonly connections: Connections) {}

  @Get('deliveries')
  @Header('cache-control', 'no-store')
  async list(@CallerParam() { tenant }: Caller, @Param('id') id: string, @Query() { limit = PAGE, ...query }: DeliveriesQuery) {
    await this.webhooks.find(tenant, id);
    const { deliveries, next } = await this.connections.reader.inTenant(tenant, (sql) => listDeliveries(sql, tenant, id, { ...query, limit }));
    return { deliveries: deliveries.map(deliveryView), next };
  }

  /** On its way at once, also to an endpoint that is disabled; its answer stands in the log. */
  @Post('test')
  @HttpCode(202)
  async test(@CallerParam() { tenant }: Caller, @Param('id') id: string, @Query() _: NoQuery) {
    const delivery = known(await this.webhooks.hold(id, (sql) => sendTest(sql, tenant, id)), id);
    this.connections.store.announce();
    return { delivery };
  }

  @Post('deliveries/:delivery/redelivery')
  @HttpCode(202)
  async again(@CallerParam() { tenant }: Caller, @Param('id') id: string, @Param('delivery') delivery: string, @Query() _: NoQuery) {
    const redelivered = known(await this.webhooks.hold(id, (sql) => (ID.test(delivery) ? sendAgain(sql, tenant, id, { which: { delivery } }) : Promise.resolve(0))), id);
    if (redelivered === 0) throw new ApiProblem('delivery-unknown', `The log of ${id} has no ${delivery.slice(0, 64)}, or it is on its way at this moment.`);
    this.connections.store.announce();
    return { redelivered };
  }

  @Post('redelivery')
  @HttpCode(202)
  async allAgain(@CallerParam() { tenant }: Caller, @Param('id') id: string, @Query() _: NoQuery, @Body() { failedSince }: RedeliveryDto) {
    const since = new Date(failedSince);
    if (Number.isNaN(since.getTime())) throw new ApiProblem('invalid-body', '`failedSince` names an instant that does not exist.', { errors: [{ pointer: '/failedSince', detail: '`failedSince` names an instant that does not exist.' }] });
    const redelivered = known(await this.webhooks.hold(id, (sql) => sendAgain(sql, tenant, id, { which: { failedSince: since } })), id);
    this.connections.store.announce();
    return { redelivered };
  }
}

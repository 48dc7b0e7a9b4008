import { Controller, Get, Inject, Param, Query, Res, UseInterceptors } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import type { FastifyReply } from 'fastify';
import { GetRecovery, ListRecoveries, SummarizeRecoveries } from '#read-model';
import type { Caller } from '../access/api-keys.js';
import { CallerParam, Scope } from '../access/scope.decorator.js';
import { MinPositionInterceptor } from '../http/min-position.interceptor.js';
import { CustomerIds } from '../reads/customer-ids.js';
import { ownerFor } from '../reads/owner.js';
import { ReadQuery } from '../reads/queries.dto.js';
import { RecoveriesQuery, RecoverySummaryQuery } from './recovery.dto.js';

/** What is made good, or was. */
@Controller('v1/recoveries')
@Scope('customers:read')
@UseInterceptors(MinPositionInterceptor)
export class RecoveriesReadsController {
  constructor(@Inject(QueryBus) private readonly queries: QueryBus, @Inject(CustomerIds) private readonly ids: CustomerIds) {}

  /** Those that wait longest first. */
  @Get()
  async list(@CallerParam() caller: Caller, @Query() { minPosition, owner, overdue, customer, ...query }: RecoveriesQuery) {
    const { tenant } = caller;
    return this.queries.execute(new ListRecoveries({
      ...query, tenant, owner: ownerFor(caller, owner), ...(overdue && { overdue: overdue === 'true' }), ...(customer !== undefined && { customer: await this.ids.find(tenant, customer) }),
    }));
  }

  /** All of them in figures. */
  @Get('summary')
  summary(@CallerParam() caller: Caller, @Query() { minPosition, owner, ...query }: RecoverySummaryQuery) {
    return this.queries.execute(new SummarizeRecoveries({ ...query, tenant: caller.tenant, owner: ownerFor(caller, owner ?? 'all') }));
  }

  /** One with its whole story. Its ETag is the version that `If-Match` takes. */
  @Get(':id')
  async one(@CallerParam() { tenant }: Caller, @Param('id') id: string, @Query() _: ReadQuery, @Res({ passthrough: true }) reply: FastifyReply) {
    const answer = await this.queries.execute(new GetRecovery({ tenant, id }));
    void reply.headers({ etag: `"${answer.recovery.version}"`, 'cache-control': 'private, no-store' });
    return answer;
  }
}

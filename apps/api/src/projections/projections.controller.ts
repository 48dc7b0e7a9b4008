import { Controller, Get, HttpCode, Inject, Param, Post, Query } from '@nestjs/common';
import { CommandBus, QueryBus } from '@nestjs/cqrs';
import type { Comparison } from '#event-store';
import { CompareProjection, DropProjection, ListParked, ListProjections, RebuildProjection, ReplayCustomer, ResumeProjection, RetryParked, SwitchProjection } from '#read-model';
import type { Caller } from '../access/api-keys.js';
import { CallerParam, Scope } from '../access/scope.decorator.js';
import { CustomerIds } from '../reads/customer-ids.js';
import { ParkedQuery, ReplayQuery, SwitchQuery } from './projections.dto.js';
import { NoQuery } from '../reads/queries.dto.js';

/** The read models: how far they are, whom they hold back; and, for operators since all tenants share them, building them anew. */
@Controller('v1/admin/projections')
@Scope('admin')
export class ProjectionsController {
  constructor(
    @Inject(QueryBus) private readonly queries: QueryBus,
    @Inject(CommandBus) private readonly commands: CommandBus,
    @Inject(CustomerIds) private readonly ids: CustomerIds,
  ) {}

  @Get()
  async list(@CallerParam() { tenant }: Caller, @Query() _: NoQuery) {
    const projections = await this.queries.execute(new ListProjections());
    return { projections: projections.map((each) => ({ ...each, comparison: each.comparison && seenBy(tenant, each.comparison) })) };
  }

  /** Customers that are held back, the fact that could not be handled, and the facts that wait behind it, in their order. */
  @Get('parked')
  async parked(@CallerParam() { tenant }: Caller, @Query() filter: ParkedQuery) {
    return { parked: await this.queries.execute(new ListParked({ ...filter, tenant })) };
  }

  /** Tries parked customers again, in order, from the log as it now is. */
  @Post('retry')
  @HttpCode(200)
  retry(@CallerParam() { tenant }: Caller, @Query() filter: ParkedQuery) {
    return this.commands.execute(new RetryParked({ ...filter, tenant }));
  }

  /** Folds one customer anew from the log, parked or not. */
  @Post('replay/:customer')
  @HttpCode(200)
  async replay(@CallerParam() { tenant }: Caller, @Param('customer') id: string, @Query() { projection }: ReplayQuery) {
    const customer = await this.ids.find(tenant, id);
    return this.commands.execute(new ReplayCustomer({ tenant, customer, ...(projection === undefined ? {} : { projection }) }));
  }

  /** Builds a new generation beside the one that is read. It takes over when both were compared and nothing differs; the old one is kept. */
  @Post(':name/rebuild')
  @Scope('operator')
  @HttpCode(202)
  rebuild(@Param('name') name: string, @Query() _: NoQuery) {
    return this.commands.execute(new RebuildProjection(name));
  }

  /** Compares the generation beside the live one with it, customer by customer. Examples are of the caller's tenant only. */
  @Post(':name/compare')
  @Scope('operator')
  @HttpCode(200)
  async compare(@CallerParam() { tenant }: Caller, @Param('name') name: string, @Query() _: NoQuery) {
    return seenBy(tenant, await this.commands.execute(new CompareProjection(name)));
  }

  /** Makes the other generation the one that is read; the one that was goes on following. */
  @Post(':name/switch')
  @Scope('operator')
  @HttpCode(200)
  switch(@Param('name') name: string, @Query() { undo }: SwitchQuery) {
    return this.commands.execute(new SwitchProjection(name, undo === 'true'));
  }

  /** Drops every generation but the one that is read. */
  @Post(':name/drop')
  @Scope('operator')
  @HttpCode(200)
  drop(@Param('name') name: string, @Query() _: NoQuery) {
    return this.commands.execute(new DropProjection(name));
  }

  /** Lets a projection go on that has stopped because too many customers were parked for one cause. */
  @Post(':name/resume')
  @Scope('operator')
  @HttpCode(200)
  resume(@Param('name') name: string, @Query() _: NoQuery) {
    return this.commands.execute(new ResumeProjection(name));
  }
}

const seenBy = (tenant: string, comparison: Comparison): Comparison => ({ ...comparison, examples: comparison.examples.filter((each) => each.tenant === tenant) });

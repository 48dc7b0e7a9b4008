import { Controller, Get, HttpCode, Inject, Param, Post } from '@nestjs/common';
import { CommandBus, QueryBus } from '@nestjs/cqrs';
import { ListProjections, RebuildProjection } from '#read-model';
import { Scope } from '../access/scope.decorator.js';

/** The read models: how far they are, and building them anew. */
@Controller('v1/admin/projections')
@Scope('admin')
export class ProjectionsController {
  constructor(@Inject(QueryBus) private readonly queries: QueryBus, @Inject(CommandBus) private readonly commands: CommandBus) {}

  @Get()
  async list() {
    return { projections: await this.queries.execute(new ListProjections()) };
  }

  /** Builds a new generation beside the one that is read, which is replaced when the new one has caught up. */
  @Post(':name/rebuild')
  @HttpCode(202)
  rebuild(@Param('name') name: string) {
    return this.commands.execute(new RebuildProjection(name));
  }
}

import { Controller, Get, Inject, Query } from '@nestjs/common';
import { stoppedProjections } from '#event-store';
import { Public } from '../access/scope.decorator.js';
import { Connections } from '../connections.js';
import { ApiProblem } from '../problems/api-problem.js';
import { NoQuery } from '../reads/queries.dto.js';

@Controller('health')
@Public()
export class HealthController {
  constructor(@Inject(Connections) private readonly connections: Connections) {}

  /** The process answers. */
  @Get('live')
  live(@Query() _: NoQuery) {
    return { status: 'live' };
  }

  /** The process can do its work: the database answers, is migrated, and we are not shutting down. `degraded` names the read models that have stopped; why is for operators to see. */
  @Get('ready')
  async ready(@Query() _: NoQuery) {
    let degraded: string[];
    try {
      await this.connections.worker.transaction((sql) => sql.query('select 1 from api_key limit 1'));
      await this.connections.reader.transaction((sql) => sql.query('select n from epoch'));
      degraded = await stoppedProjections(this.connections.worker);
    } catch {
      throw new ApiProblem('not-ready', 'The database does not answer, or is not migrated.', { headers: { 'retry-after': '2' } });
    }
    return { status: 'ready', ...(degraded.length > 0 ? { degraded } : {}) };
  }
}

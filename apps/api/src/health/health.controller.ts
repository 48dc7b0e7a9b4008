import { Controller, Get, Inject, Query } from '@nestjs/common';
import { stoppedProjections } from '#event-store';
import { Intake } from '#intake';
import { Public } from '../access/scope.decorator.js';
import { Connections } from '../connections.js';
import { ApiProblem } from '../problems/api-problem.js';
import { unavailable } from '../problems/unavailable.js';
import { NoQuery } from '../reads/queries.dto.js';

@Controller('health')
@Public()
export class HealthController {
  constructor(@Inject(Connections) private readonly connections: Connections, @Inject(Intake) private readonly intake: Intake) {}

  /** The process answers. */
  @Get('live')
  live(@Query() _: NoQuery) {
    return { status: 'live' };
  }

  /** The process can do its work: the database answers, is migrated, its keys are wrapped by our master key, and we are not shutting down. `degraded` names the read models that have stopped; why is for operators to see. */
  @Get('ready')
  async ready(@Query() _: NoQuery) {
    let degraded: string[];
    try {
      await this.connections.worker.transaction((sql) => sql.query('select 1 from api_key limit 1'));
      await this.connections.reader.transaction((sql) => sql.query('select n from epoch'));
      await this.intake.keys.verifyMasterKey();
      degraded = await stoppedProjections(this.connections.worker);
    } catch (error) {
      throw new ApiProblem('not-ready', unavailable(error) ?? 'The database does not answer, or is not migrated.', { headers: { 'retry-after': '2' } });
    }
    return { status: 'ready', ...(degraded.length > 0 ? { degraded } : {}) };
  }
}

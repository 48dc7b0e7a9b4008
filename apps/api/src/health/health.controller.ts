import { type BeforeApplicationShutdown, Controller, Get, Inject } from '@nestjs/common';
import { Public } from '../access/scope.decorator.js';
import { Connections } from '../connections.js';
import { ApiProblem } from '../problems/api-problem.js';

@Controller('health')
@Public()
export class HealthController implements BeforeApplicationShutdown {
  private stopping = false;

  constructor(@Inject(Connections) private readonly connections: Connections) {}

  beforeApplicationShutdown(): void {
    this.stopping = true;
  }

  /** The process answers. */
  @Get('live')
  live() {
    return { status: 'live' };
  }

  /** The process can do its work: the database answers, is migrated, and we are not shutting down. */
  @Get('ready')
  async ready() {
    const retry = { headers: { 'retry-after': '2' } };
    if (this.stopping) throw new ApiProblem('not-ready', 'The service is shutting down.', retry);
    try {
      await this.connections.worker.transaction((sql) => sql.query('select 1 from api_key limit 1'));
      await this.connections.reader.transaction((sql) => sql.query('select n from epoch'));
    } catch {
      throw new ApiProblem('not-ready', 'The database does not answer, or is not migrated.', retry);
    }
    return { status: 'ready' };
  }
}

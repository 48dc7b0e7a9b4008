import { From, variables } from '#startup';

/** The environment of a worker that runs by itself. */
export class WorkerSettings {
  static readonly app = 'worker';

  @From(variables.DATABASE_URL) readonly databaseUrl!: string;
}

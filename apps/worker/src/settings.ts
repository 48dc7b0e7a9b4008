/** The environment of a worker that runs by itself. */
export interface WorkerSettings {
  readonly databaseUrl: string;
}

/** @throws Error when DATABASE_URL is missing or no PostgreSQL URL */
export function readWorkerSettings(environment: Readonly<Record<string, string | undefined>>): WorkerSettings {
  const databaseUrl = environment['DATABASE_URL']?.trim() ?? '';
  if (!/^postgres(ql)?:\/\/.+/.test(databaseUrl)) {
    throw new Error('DATABASE_URL must be a PostgreSQL URL, such as postgres://user@host:5432/touchline. Set it in the environment and start again.');
  }
  return { databaseUrl };
}

import { DataSource, type MigrationInterface } from 'typeorm';

export type MigrationClass = new () => MigrationInterface;

const ONE_AT_A_TIME = 8_413_020_011;

/** @throws Error when one of these migrations has not run on a database that has our schema; of a newer release there may be more */
export async function checkMigrated(url: string, migrations: readonly MigrationClass[]): Promise<void> {
  const source = await new DataSource({ type: 'postgres', url, extra: { max: 1 } }).initialize();
  try {
    const ran = new Set((await source.query<{ name: string }[]>('select name from touchline.migration')).map(({ name }) => name));
    const missing = migrations.filter(({ name }) => !ran.has(name));
    if (missing.length > 0) throw new Error(`The schema of the database is older than this program: ${missing.length} migrations are missing, the first is ${missing[0]!.name}. Bring it up to date: node dist/apps/api/src/main.js --migrate`);
  } finally {
    await source.destroy();
  }
}

/**
 * Brings the schema `touchline` of a database up to date. `url` logs in as the owner: a role that may create roles and this
 * schema. Several processes may call it at once; one works, the others wait. @returns names of the migrations that ran
 */
export async function migrate(url: string, migrations: readonly MigrationClass[]): Promise<string[]> {
  const source = new DataSource({
    type: 'postgres', url, schema: 'touchline', migrations: [...migrations], migrationsTableName: 'migration', migrationsTransactionMode: 'each',
    extra: { options: '-c search_path=touchline', max: 2 },
  });
  await source.initialize();
  const guard = source.createQueryRunner();
  try {
    await guard.query('select pg_advisory_lock($1)', [ONE_AT_A_TIME]);
    await guard.query('create schema if not exists touchline');
    return (await source.runMigrations()).map(({ name }) => name);
  } finally {
    await guard.query('select pg_advisory_unlock($1)', [ONE_AT_A_TIME]).catch(() => undefined);
    await guard.release();
    await source.destroy();
  }
}

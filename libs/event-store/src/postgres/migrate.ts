import { DataSource, type MigrationInterface } from 'typeorm';

export type MigrationClass = new () => MigrationInterface;

const ONE_AT_A_TIME = 8_413_020_011;

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

import { checkMigrated, migrate } from '#event-store';
import { checkDatabase, checkPort, readSettings } from '#startup';
import { startOperations, startTracing } from '#telemetry';
import { allMigrations } from './all-migrations.js';
import { changeMasterKey } from './change-master-key.js';
import { firstKey } from './first-key.js';
import { serveApi } from './serve-api.js';
import { ApiSettings, FirstKeySettings, MasterKeySettings, MigrateSettings } from './settings.js';

const warn = (line: string) => process.stderr.write(`${line}\n`);

/** `--migrate` brings the schema up to date, `--first-key <tenant> <time zone>` prints a key, `--change-master-key` wraps the keys of people anew, and all end; without them the API starts. */
try {
  const [flag, tenant, timeZone, ...more] = process.argv.slice(2);
  if (flag === undefined) await serve();
  else if (flag === '--migrate' && tenant === undefined) await migrateAll();
  else if (flag === '--first-key' && tenant !== undefined && timeZone !== undefined && more.length === 0) await printFirstKey(tenant, timeZone);
  else if (flag === '--change-master-key' && tenant === undefined) await changeKey();
  else throw new Error('Start it without arguments, or with: --first-key <tenant> <time zone>, for example --first-key acme Europe/Berlin; or with: --migrate, or with: --change-master-key');
} catch (error) {
  process.stderr.write(`${(error as Error).message}\n`);
  process.exitCode = 1;
}

async function serve(): Promise<void> {
  const settings = readSettings(ApiSettings, process.env, warn);
  await checkPort(settings.host, settings.port);
  await check(settings.databaseUrl);
  const endTraces = await startTracing('api', settings);
  const operations = await startOperations(settings);
  const ended = async () => { await operations.close(); await endTraces(); };
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, operations.stopping);
  const app = await serveApi({ ...settings, ended }, settings.port, settings.host);
  operations.started();
  process.stdout.write(`The API listens on ${await app.getUrl()}; its documentation is at /docs.${operations.url ? ` How it does: ${operations.url}/metrics.` : ''}\n`);
}

async function printFirstKey(tenant: string, timeZone: string): Promise<void> {
  const { databaseUrl } = readSettings(FirstKeySettings, process.env, warn);
  await check(databaseUrl);
  process.stdout.write(`${await firstKey(databaseUrl, tenant, timeZone)}\n`);
}

async function changeKey(): Promise<void> {
  const { databaseUrl, masterKey, newMasterKey } = readSettings(MasterKeySettings, process.env, warn);
  await check(databaseUrl);
  process.stdout.write(`${await changeMasterKey(databaseUrl, { from: masterKey, to: newMasterKey }, warn)}\n`);
}

/** The only way to a new schema, so that it changes when an operator says so, and not when the first process of a new release starts. */
async function migrateAll(): Promise<void> {
  const { databaseUrl } = readSettings(MigrateSettings, process.env, warn);
  await checkDatabase(databaseUrl);
  const ran = await migrate(databaseUrl, allMigrations);
  process.stdout.write(ran.length === 0 ? 'The schema is up to date.\n' : `The schema is up to date (${ran.length} migrations).\n`);
}

async function check(databaseUrl: string): Promise<void> {
  await checkDatabase(databaseUrl, { migrated: true });
  await checkMigrated(databaseUrl, allMigrations);
}

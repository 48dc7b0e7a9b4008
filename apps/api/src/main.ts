import { migrate } from '#event-store';
import { checkDatabase, checkPort, readSettings } from '#startup';
import { allMigrations } from './all-migrations.js';
import { firstKey } from './first-key.js';
import { serveApi } from './serve-api.js';
import { ApiSettings, FirstKeySettings } from './settings.js';

const warn = (line: string) => process.stderr.write(`${line}\n`);

/** `--first-key <tenant> <time zone>` prints a key and ends; without it the API starts. */
try {
  const [flag, tenant, timeZone, ...more] = process.argv.slice(2);
  if (flag === undefined) await serve();
  else if (flag === '--first-key' && tenant !== undefined && timeZone !== undefined && more.length === 0) await printFirstKey(tenant, timeZone);
  else throw new Error('Start it without arguments, or with: --first-key <tenant> <time zone>, for example --first-key acme Europe/Berlin');
} catch (error) {
  process.stderr.write(`${(error as Error).message}\n`);
  process.exitCode = 1;
}

async function serve(): Promise<void> {
  const settings = readSettings(ApiSettings, process.env, warn);
  await checkPort(settings.host, settings.port);
  await prepare(settings.databaseUrl);
  const app = await serveApi(settings, settings.port, settings.host);
  process.stdout.write(`The API listens on ${await app.getUrl()}; its documentation is at /docs.\n`);
}

async function printFirstKey(tenant: string, timeZone: string): Promise<void> {
  const { databaseUrl } = readSettings(FirstKeySettings, process.env, warn);
  await prepare(databaseUrl);
  process.stdout.write(`${await firstKey(databaseUrl, tenant, timeZone)}\n`);
}

async function prepare(databaseUrl: string): Promise<void> {
  await checkDatabase(databaseUrl);
  await migrate(databaseUrl, allMigrations);
}

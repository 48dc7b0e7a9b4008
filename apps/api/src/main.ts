import { migrate } from '#event-store';
import { checkDatabase, checkPort, readSettings } from '#startup';
import { allMigrations } from './all-migrations.js';
import { changeMasterKey } from './change-master-key.js';
import { firstKey } from './first-key.js';
import { serveApi } from './serve-api.js';
import { ApiSettings, FirstKeySettings, MasterKeySettings } from './settings.js';

const warn = (line: string) => process.stderr.write(`${line}\n`);

/** `--first-key <tenant> <time zone>` prints a key, `--change-master-key` wraps the keys of people anew, and both end; without them the API starts. */
try {
  const [flag, tenant, timeZone, ...more] = process.argv.slice(2);
  if (flag === undefined) await serve();
  else if (flag === '--first-key' && tenant !== undefined && timeZone !== undefined && more.length === 0) await printFirstKey(tenant, timeZone);
  else if (flag === '--change-master-key' && tenant === undefined) await changeKey();
  else throw new Error('Start it without arguments, or with: --first-key <tenant> <time zone>, for example --first-key acme Europe/Berlin; or with: --change-master-key');
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

async function changeKey(): Promise<void> {
  const { databaseUrl, masterKey, newMasterKey } = readSettings(MasterKeySettings, process.env, warn);
  await prepare(databaseUrl);
  process.stdout.write(`${await changeMasterKey(databaseUrl, { from: masterKey, to: newMasterKey }, warn)}\n`);
}

async function prepare(databaseUrl: string): Promise<void> {
  await checkDatabase(databaseUrl);
  await migrate(databaseUrl, allMigrations);
}

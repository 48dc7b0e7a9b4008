import { migrate } from '#event-store';
import { checkDatabase, checkPort, readSettings } from '#startup';
import { createApi } from './create-api.js';
import { allMigrations } from './all-migrations.js';
import { ApiSettings } from './settings.js';

try {
  const settings = readSettings(ApiSettings, process.env, (line) => process.stderr.write(`${line}\n`));
  await checkPort(settings.host, settings.port);
  await checkDatabase(settings.databaseUrl);
  await migrate(settings.databaseUrl, allMigrations);
  const app = await createApi(settings);
  await app.listen(settings.port, settings.host);
  process.stdout.write(`The API listens on ${await app.getUrl()}; its documentation is at /docs.\n`);
} catch (error) {
  process.stderr.write(`${(error as Error).message}\n`);
  process.exitCode = 1;
}

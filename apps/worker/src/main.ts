import { checkMigrated, eventStoreMigrations } from '#event-store';
import { intakeMigrations } from '#intake';
import { outboundMigrations } from '#outbound';
import { readModelMigrations } from '#read-model';
import { checkDatabase, readSettings } from '#startup';
import { startOperations, startTracing } from '#telemetry';
import { refuseArguments, rolesOf } from './roles/roles.js';
import { WorkerSettings } from './settings.js';
import { startWorker } from './worker.js';

/** What ends with the process, the last that was begun first. */
const ends: (() => Promise<void>)[] = [];
let stopping: Promise<void> | undefined;
const stop = () => (stopping ??= (async () => { for (const end of ends.reverse()) await end(); })());

try {
  refuseArguments(process.argv.slice(2));
  const settings = readSettings(WorkerSettings, process.env, (line) => process.stderr.write(`${line}\n`));
  const roles = rolesOf(settings);
  await checkDatabase(settings.databaseUrl, { migrated: true });
  await checkMigrated(settings.databaseUrl, [...eventStoreMigrations, ...intakeMigrations, ...readModelMigrations, ...outboundMigrations]);
  const warn = (message: string, error: unknown) => process.stderr.write(`${message}: ${(error as Error).message}\n`);
  ends.push(await startTracing('worker', settings));
  const operations = await startOperations(settings);
  ends.push(operations.close);
  const worker = await startWorker({ ...settings, roles, warn });
  ends.push(worker.stop);
  operations.started();
  process.stdout.write(`This worker runs ${roles.join(', ')}. ${operations.url ? `How it does: ${operations.url}/metrics. ` : ''}Stop it with Ctrl-C.\n`);
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => {
    operations.stopping();
    stop().catch(fail);
  });
} catch (error) {
  fail(error);
  await stop().catch(() => undefined);
}

function fail(error: unknown): void {
  process.stderr.write(`${(error as Error).message}\n`);
  process.exitCode = 1;
}

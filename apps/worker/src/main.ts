import { checkDatabase, readSettings } from '#startup';
import { startOperations, startTracing } from '#telemetry';
import { rolesOf } from './roles/roles.js';
import { WorkerSettings } from './settings.js';
import { startWorker } from './worker.js';

try {
  const settings = readSettings(WorkerSettings, process.env, (line) => process.stderr.write(`${line}\n`));
  const roles = rolesOf(settings.roles);
  await checkDatabase(settings.databaseUrl, { migrated: true });
  const warn = (message: string, error: unknown) => process.stderr.write(`${message}: ${(error as Error).message}\n`);
  const endTraces = await startTracing('worker', settings.traces);
  const operations = await startOperations(settings);
  const worker = await startWorker({ ...settings, roles, warn });
  operations.started();
  process.stdout.write(`This worker runs ${roles.join(', ')}. ${operations.url ? `How it goes: ${operations.url}/metrics. ` : ''}Stop it with Ctrl-C.\n`);
  const stop = async () => {
    operations.stopping();
    await worker.stop();
    await operations.close();
    await endTraces();
  };
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => void stop().catch(fail));
} catch (error) {
  fail(error);
}

function fail(error: unknown): void {
  process.stderr.write(`${(error as Error).message}\n`);
  process.exitCode = 1;
}

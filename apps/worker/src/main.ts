import { checkDatabase, readSettings } from '#startup';
import { rolesOf } from './roles/roles.js';
import { WorkerSettings } from './settings.js';
import { startWorker } from './worker.js';

try {
  const settings = readSettings(WorkerSettings, process.env, (line) => process.stderr.write(`${line}\n`));
  const roles = rolesOf(settings.roles);
  await checkDatabase(settings.databaseUrl, { migrated: true });
  const warn = (message: string, error: unknown) => process.stderr.write(`${message}: ${(error as Error).message}\n`);
  const worker = await startWorker({ ...settings, roles, warn });
  process.stdout.write(`This worker runs ${roles.join(', ')}. Stop it with Ctrl-C.\n`);
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => void worker.stop().catch(fail));
} catch (error) {
  fail(error);
}

function fail(error: unknown): void {
  process.stderr.write(`${(error as Error).message}\n`);
  process.exitCode = 1;
}

import { readSettings } from '#startup';
import { StandaloneSettings } from './settings.js';
import { startStandalone } from './standalone.js';

try {
  const settings = readSettings(StandaloneSettings, process.env, (line) => process.stderr.write(`${line}\n`));
  const { url, key, stop, home } = await startStandalone(settings, (line) => process.stdout.write(`${line}\n`));
  process.stdout.write(`
Touchline runs.
  Pages       ${url}/
  API docs    ${url}/docs
  Admin key   ${key}
  Data        ${home}

Try:
  npx touchline today
  npx touchline why crm:C-1001
  curl -s -H "Authorization: Bearer ${key}" "${url}/v1/portfolio"

Stop it with Ctrl-C.
`);
  // Not once: Nest sends itself the signal again when the API is closed, before the worker and the database are.
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => void stop().then(() => process.exit(0)));
} catch (error) {
  process.stderr.write(`${(error as Error).message}\n`);
  process.exitCode = 1;
}

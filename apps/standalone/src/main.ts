import { once } from 'node:events';
import { readSettings } from '#startup';
import { StandaloneSettings } from './settings.js';
import { startStandalone } from './standalone.js';

const ended = new AbortController();
// Not once: Nest sends itself the signal again when the API is closed, before the worker and the database are.
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => ended.abort());

try {
  const settings = readSettings(StandaloneSettings, process.env, (line) => process.stderr.write(`${line}\n`));
  const { url, key, stop, home, broken } = await startStandalone(settings, (line) => process.stdout.write(`${line}\n`), ended.signal);
  process.stdout.write(`
Touchline runs.
  Pages       ${url}/
  API docs    ${url}/docs
  Key         ${key}   (an operator's: may do everything)
  Data        ${home}

Try:
  npx touchline today
  npx touchline why crm:C-1102
  curl -s -H "Authorization: Bearer ${key}" "${url}/v1/portfolio"

Stop it with Ctrl-C.
`);
  const failed = ended.signal.aborted ? undefined : await Promise.race([broken, once(ended.signal, 'abort').then(() => undefined)]);
  if (failed) process.stderr.write(`${failed.message}\nTouchline ends; start it again when that is mended.\n`);
  await stop();
  process.exit(failed ? 1 : 0);
} catch (error) {
  process.stderr.write(ended.signal.aborted ? 'Stopped before it had started; the next start goes on from here.\n' : `${(error as Error).message}\n`);
  process.exit(1);
}

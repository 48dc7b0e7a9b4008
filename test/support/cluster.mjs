import { fork } from 'node:child_process';
import { once } from 'node:events';
import { readdirSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { fileURLToPath } from 'node:url';
import { leftBehind } from './suite-report.mjs';

const TEMP = tmpdir();
let child;
let before;

/**
 * Starts the process that holds the test server and tells the tests, through the environment, whom to ask for it, and a folder that
 * ends with the run. What tests and their programs write to the system's folder for temporary files goes there too.
 */
export async function openCluster() {
  before = readdirSync(TEMP);
  child = fork(fileURLToPath(new URL('./cluster-process.mjs', import.meta.url)), { detached: true, execArgv: ['--no-warnings'] });
  const [{ port, folder }] = await once(child, 'message');
  process.env.TOUCHLINE_TEST_CLUSTER = `http://127.0.0.1:${port}`;
  process.env.TOUCHLINE_TEST_FOLDER = folder;
  for (const name of ['TMPDIR', 'TEMP', 'TMP']) process.env[name] = folder;
}

export async function closeCluster() {
  if (!child) return;
  child.disconnect();
  await once(child, 'exit');
  const left = leftBehind(before, readdirSync(TEMP), process.env.TOUCHLINE_TEST_FOLDER);
  if (left.length > 0) throw new Error(`The tests left behind in ${TEMP}: ${left.join(', ')}`);
}

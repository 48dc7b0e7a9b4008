import { fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';

let child;

/** Starts the process that holds the test server and tells the tests, through the environment, whom to ask for it, and a folder that is emptied at the end. */
export async function openCluster() {
  child = fork(fileURLToPath(new URL('./cluster-process.mjs', import.meta.url)), { detached: true, execArgv: ['--no-warnings'] });
  const [{ port, folder }] = await once(child, 'message');
  process.env.TOUCHLINE_TEST_CLUSTER = `http://127.0.0.1:${port}`;
  process.env.TOUCHLINE_TEST_FOLDER = folder;
}

export async function closeCluster() {
  if (!child) return;
  child.disconnect();
  await once(child, 'exit');
}

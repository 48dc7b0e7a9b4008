import { checkPort, PortUnusable } from '#startup';
import { readServerNote, type ServerNote } from './home.js';

/** @throws PortUnusable when we cannot listen there, or run on this home already */
export async function choosePort(host: string, port: number, home: string): Promise<void> {
  await refuseSecond(port, home);
  await checkPort(host, port);
}

/** Two on one home would both write the note by which the command line finds the server. @throws PortUnusable naming the first */
export async function refuseSecond(port: number, home: string): Promise<void> {
  const note = readServerNote(home);
  if (!note || !await runs(note)) return;
  const taken = Number(new URL(note.url).port) === port;
  throw new PortUnusable(`Touchline runs already, at ${note.url}, with the data in ${home}. Use that one, stop it first, ` +
    `or start another with data of its own: PORT=${taken ? port + 1 : port} TOUCHLINE_HOME=<another folder> npm start`);
}

async function runs({ url, pid }: ServerNote): Promise<boolean> {
  if (pid === process.pid || (pid !== undefined && !isAlive(pid))) return false;
  return fetch(`${url}/health/live`, { signal: AbortSignal.timeout(5_000) }).then(({ ok }) => ok, () => false);
}

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

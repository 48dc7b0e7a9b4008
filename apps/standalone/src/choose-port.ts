import { checkPort, PortUnusable } from '#startup';
import { readServerNote } from './home.js';

/** @throws PortUnusable when we cannot listen there; it tells whether that is because we run on this home already */
export async function choosePort(host: string, port: number, home: string): Promise<void> {
  try {
    await checkPort(host, port);
  } catch (error) {
    const note = readServerNote(home);
    if (!note || Number(new URL(note.url).port) !== port || !await answers(note.url)) throw error;
    throw new PortUnusable(`Touchline runs already, at ${note.url}, with the data in ${home}. Use that one, stop it first, ` +
      `or start another with data of its own: PORT=${port + 1} TOUCHLINE_HOME=<another folder> npm start`, { cause: error });
  }
}

async function answers(url: string): Promise<boolean> {
  return fetch(`${url}/health/live`, { signal: AbortSignal.timeout(2_000) }).then(({ ok }) => ok, () => false);
}

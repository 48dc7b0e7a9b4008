import process from 'node:process';
import { Database, PostgresEventStore, Subscriber } from '../../index.js';
import { copying } from './copying.js';

/** A worker as a process of its own: `telling-process.ts URL OWNER COUNT [stall]`, which follows so many subscriptions of tenant `acme`; with `stall` its third page stalls inside its transaction. Leaves at the end of its input. */
const [url = '', owner = '', count = '1', stall] = process.argv.slice(2);
let pages = 0;
const database = new Database(url, 'touchline_worker', 8);
const store = new PostgresEventStore(database);
const kind = copying(() => Array.from({ length: Number(count) }, (_, n) => ({ tenant: 'acme', id: `s${n}`, start: null })), async () => {
  if (stall === undefined || ++pages !== 3) return;
  console.log('stalling');
  await new Promise((wake) => setTimeout(wake, 10_000));
});
const subscriber = new Subscriber({ store, worker: database, kinds: [kind], owner, warn: (message, error) => console.error(`${owner}: ${message}: ${(error as Error).message}`) });
await subscriber.start();
console.log('ready');
process.stdin.resume().once('end', async () => {
  await subscriber.stop();
  await store.close();
  await database.close();
});

import process from 'node:process';
import { Database, PostgresEventStore, Subscriber } from '../../index.js';
import { copying } from './copying.js';

/** A worker as a process of its own: `telling-process.ts URL OWNER COUNT [STALL]`, which follows so many subscriptions of tenant `acme`; its third page stalls `before` its transaction or `within` it, with its rows written. Leaves at the end of its input. */
const [url = '', owner = '', count = '1', stall] = process.argv.slice(2);
let pages = 0;
const database = new Database(url, 'touchline_worker', 8);
const store = new PostgresEventStore(database);
const wait = async () => {
  if (++pages !== 3) return;
  console.log('stalling');
  await new Promise((wake) => setTimeout(wake, 10_000));
};
const kind = copying(() => Array.from({ length: Number(count) }, (_, n) => ({ tenant: 'acme', id: `s${n}`, start: null })), stall === 'before' ? { before: wait } : stall === 'within' ? { within: wait } : {});
const subscriber = new Subscriber({ store, worker: database, kinds: [kind], owner, warn: (message, error) => console.error(`${owner}: ${message}: ${(error as Error).message}`) });
await subscriber.start();
console.log('ready');
process.stdin.resume().once('end', async () => {
  await subscriber.stop();
  await store.close();
  await database.close();
});

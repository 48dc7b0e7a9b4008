import process from 'node:process';
import { Database, PostgresEventStore, Projector } from '../../index.js';
import { CountingProjection, type Interruption } from './counting-projection.js';

/**
 * A worker as a process of its own: `worker-process.ts URL OWNER [STALL]`. STALL makes one batch of two or more facts stall for ten seconds,
 * `before` in a statement of the server and before its rows are written, `after` with its rows written and the server idle.
 * Says `ready`, then `stalling`; leaves at the end of its input.
 */
const [url = '', owner = '', stall] = process.argv.slice(2);
let stalled = false;
const once = (wait: () => Promise<unknown>) => async (events: readonly unknown[]): Promise<void> => {
  if (stalled || events.length < 2) return;
  stalled = true;
  console.log('stalling');
  await wait();
};
const sleepInServer: Interruption = { before: (work, events) => once(() => work.sql.query('select pg_sleep(6)'))(events) };
const stopHere: Interruption = { after: (_, events) => once(() => new Promise((wake) => setTimeout(wake, 10_000)))(events) };

const database = new Database(url, 'touchline_worker', 8);
const store = new PostgresEventStore(database);
const projector = new Projector({
  store, worker: database, owner, batchSize: 50, projections: [new CountingProjection(stall === 'before' ? sleepInServer : stall === 'after' ? stopHere : {})],
  warn: (message, error) => console.error(`${owner}: ${message}: ${(error as Error).message}`),
});
await projector.start();
console.log('ready');
process.stdin.resume().once('end', async () => {
  await projector.stop();
  await store.close();
  await database.close();
});

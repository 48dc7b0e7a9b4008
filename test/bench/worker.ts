import process from 'node:process';
import { Database, PostgresEventStore, Projector } from '#event-store';
import { projections } from '#read-model';

/** A worker as a process of its own: `worker.ts URL`. Says `ready`; leaves at the end of its input. */
const database = new Database(process.argv[2]!, 'touchline_worker', 12);
const store = new PostgresEventStore(database);
const projector = new Projector({ store, worker: database, owner: `bench ${process.pid}`, projections: projections(), warn: (message, error) => console.error(message, error) });
await projector.start();
console.log('ready');
process.stdin.resume().once('end', async () => {
  await projector.stop();
  await store.close();
  await database.close();
});

import { setTimeout as sleep } from 'node:timers/promises';
import { beginRebuild, progressOf, Projector, Database, PostgresEventStore, migrate, eventStoreMigrations } from '#event-store';
import { projections, readModelMigrations } from '#read-model';
const url = process.argv[2]!; const times = Number(process.argv[3] ?? 2);
await migrate(url, [...eventStoreMigrations, ...readModelMigrations]);
const worker = new Database(url, 'touchline_worker', 16); const store = new PostgresEventStore(worker);
const customers = projections().find(({ name }) => name === 'customers')!;
const projector = new Projector({ store, worker, projections: [customers], owner: 'bench', warn: console.error });
await projector.start();
const untilRead = async (g: number) => { while (!(await progressOf(worker)).some((e) => e.generation === g && e.live && e.behind === 0)) await sleep(20); };
for (let i = 0; i < times; i++) {
  const t = performance.now();
  const g = await beginRebuild(worker, customers);
  while ((await progressOf(worker)).some((e) => e.generation === g && e.position === 0)) await sleep(20);
  const b = performance.now();
  await untilRead(g);
  console.log('built', ((b - t) / 1000).toFixed(2), 'switched', ((performance.now() - b) / 1000).toFixed(2), Math.round(490000 / ((performance.now() - t) / 1000)) + '/s');
}
await projector.stop(); await store.close(); await worker.close();

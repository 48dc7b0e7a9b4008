import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { freshDatabase } from '../../../../test/support/database.js';
import { Database, ensureTenant, eventStoreMigrations, migrate, PostgresEventStore, Projector } from '../index.js';
import type { Settled, Work } from './projection.js';
import { CountingProjection, countingTable } from './testing/counting-projection.js';

let worker: Database;
let store: PostgresEventStore;
let drop: () => Promise<void>;

beforeAll(async () => {
  const fresh = await freshDatabase(async (url) => { await migrate(url, eventStoreMigrations); });
  drop = fresh.drop;
  worker = new Database(fresh.url, 'touchline_worker', 6);
  store = new PostgresEventStore(worker);
  await ensureTenant(worker, 'acme', 'UTC');
});
afterAll(async () => {
  await store.close();
  await worker.close();
  await drop();
});

/** Settles by writing down that it did; the first time, somebody else takes the partitions before it ends. */
class Settling extends CountingProjection {
  settled = 0;

  async settle(work: Work): Promise<Settled> {
    this.settled += 1;
    await work.sql.query(`insert into ${countingTable(work.generation)} values ('acme', $1, 0, 0, '', 0)`, [`settled ${this.settled}`]);
    if (this.settled === 1) await worker.transaction((sql) => sql.query(`update projection_partition set owner = 'other', fence = fence + 1 where name = 'counting'`));
    return 'all';
  }
}

it('A worker that has lost its partitions while it settles leaves nothing behind', async () => {
  const projection = new Settling();
  const warnings: unknown[] = [];
  const projector = new Projector({ store, worker, projections: [projection], owner: 'test', warn: (...warning) => warnings.push(warning) });
  await projector.start();
  for (const until = Date.now() + 10_000; projection.settled < 2 && Date.now() < until;) await new Promise((wake) => setTimeout(wake, 20));
  await projector.stop();
  const rows = await worker.transaction((sql) => sql.query<{ customer: string }>(`select customer from ${countingTable(1)} order by 1`));
  expect(rows.slice(0, 1)).toEqual([{ customer: 'settled 2' }]);
  expect(warnings).toEqual([]);
});

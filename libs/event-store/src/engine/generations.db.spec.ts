import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { freshDatabase } from '../../../../test/support/database.js';
import { Database, eventStoreMigrations, migrate, type Sql } from '../index.js';
import { beginRebuild, dropOthers, ensureProjection, switchTo } from './generations.js';
import { inWork } from './in-work.js';
import { refoldCustomers } from './parking.js';
import { liveGeneration } from './pointer.js';
import { CountingProjection, countingTable } from './testing/counting-projection.js';

const beside = (generation: number) => `${countingTable(generation)}_days`;

/** With a second table, which is dropped after the first. */
class TwoTables extends CountingProjection {
  override createTables(generation: number): string {
    return `${super.createTables(generation)}; create table ${beside(generation)} (day integer)`;
  }

  override dropTables(generation: number): string {
    return `drop table if exists ${countingTable(generation)}, ${beside(generation)}`;
  }
}

const projection = new TwoTables();
let worker: Database;
let close: () => Promise<void>;
let next = 0;

beforeEach(async () => {
  const fresh = await freshDatabase(async (url) => { await migrate(url, eventStoreMigrations); });
  worker = new Database(fresh.url, 'touchline_worker', 8);
  close = async () => { await worker.close(); await fresh.drop(); };
  await ensureProjection(worker, projection);
  next = await beginRebuild(worker, projection);
});
afterEach(() => close());

const run = (statement: string) => worker.transaction((sql) => sql.query(statement));
const live = () => worker.transaction((sql) => liveGeneration(sql, projection.name));
const waiting = async (kind: string, count = 1) => {
  const seen = () => worker.transaction((sql) => sql.query('select from pg_locks join pg_stat_activity using (pid) where not granted and locktype = $1 and datname = current_database()', [kind]));
  for (const end = Date.now() + 10_000; (await seen()).length < count && Date.now() < end;) await new Promise((wake) => setTimeout(wake, 20));
};

interface Open { readonly sql: Sql; end(): Promise<void> }
/** A transaction that stays open until it is told to end. */
const opened = (begin: (work: (sql: Sql) => Promise<void>) => Promise<void>): Promise<Open> => new Promise((opens, fails) => {
  const ended = begin((sql) => new Promise((end) => { opens({ sql, end: () => { end(); return ended; } }); }));
  ended.catch(fails);
});
const reading = () => opened((read) => worker.transaction(read));
const working = () => opened((write) => inWork(worker, projection.name, { generation: next, partitions: [], upTo: 0 }, ({ sql }) => write(sql)));
const gone = async () => (await run(`select from pg_tables where tablename in ('counting_${next}', 'counting_${next}_days')`)).length === 0;

describe('A generation that is being dropped', () => {
  it('does not become the one that is read while its tables wait for a last reader', async () => {
    const reader = await reading();
    await reader.sql.query(`select from ${countingTable(next)}`);
    const dropping = dropOthers(worker, projection);
    await waiting('relation');
    // As a worker does that has just found nothing different.
    const switching = switchTo(worker, projection.name, next, { onlyWhileBuilding: true });
    await Promise.race([switching, waiting('advisory')]);
    await reader.end();
    expect(await dropping).toEqual([next]);
    expect(await switching).toEqual({ generation: next, switched: false, behind: [] });
    expect(await live()).toBe(1);
    await run(`select from ${countingTable(1)}`);
  }, 20_000);

  it.each([['works', working, 'advisory'], ['reads', reading, 'relation']])('waits for one who %s, also when that one takes its tables in another order', async (_, begin, kind) => {
    const other = await begin();
    await other.sql.query(`select from ${beside(next)}`);
    const dropping = dropOthers(worker, projection);
    await waiting(kind);
    // The server looks for a circle once, after a second: from then on it is the other one who would be ended.
    await new Promise((wake) => setTimeout(wake, 1_200));
    await other.sql.query(`select from ${countingTable(next)}`);
    await other.end();
    expect(await dropping).toEqual([next]);
    expect(await gone()).toBe(true);
  }, 20_000);

  it('gets its turn between slices that are long and overlap', async () => {
    let dropped = false;
    const lanes = Promise.all([0, 200, 400].map(async (delay) => {
      await new Promise((wake) => setTimeout(wake, delay));
      while (!dropped && !await gone()) {
        await inWork(worker, projection.name, { generation: next, partitions: [], upTo: 0 }, ({ sql }) => sql.query(`select pg_sleep(0.8) from (select count(*) from ${countingTable(next)}) as rows`)).catch(() => undefined);
      }
    }));
    await new Promise((wake) => setTimeout(wake, 600));
    const dropping = dropOthers(worker, projection).finally(() => { dropped = true; });
    await Promise.race([dropping, new Promise((wake) => setTimeout(wake, 10_000))]);
    const inTime = dropped;
    dropped = true;
    await lanes;
    await dropping;
    expect(inTime).toBe(true);
  }, 30_000);

  it('is not held up by a retry of its customers that waits for a batch, too', async () => {
    const batch = await working();
    const dropping = dropOthers(worker, projection);
    await waiting('advisory');
    const retrying = refoldCustomers(worker, projection, [{ tenant: 'acme', customer: 'c1' }]);
    await waiting('advisory', 2);
    await batch.end();
    expect(await dropping).toEqual([next]);
    await retrying;
    expect(await gone()).toBe(true);
  }, 20_000);
});

describe('A switch', () => {
  it('waits for a batch that moves the live generation beyond the other one, and is then refused', async () => {
    await run('update projection_partition set position = 5');
    const batch = await opened((write) => inWork(worker, projection.name, { generation: 1, partitions: [3], upTo: 10 }, ({ sql }) => write(sql)));
    await batch.sql.query('update projection_partition set position = 10 where generation = 1 and partition = 3');
    const switching = switchTo(worker, projection.name, next);
    await Promise.race([switching, waiting('transactionid')]);
    await batch.end();
    expect(await switching).toEqual({ generation: next, switched: false, behind: [3] });
    expect(await live()).toBe(1);
  }, 20_000);
});

import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { freshDatabase } from '../../../../test/support/database.js';
import { Database, eventStoreMigrations, migrate, PostgresEventStore } from '../index.js';
import { build, type BuildParts } from './build.js';
import { Follower } from './follower.js';
import { ensureProjection } from './generations.js';
import { Fenced, Leases } from './leases.js';
import { LogReader } from './log-reader.js';
import type { CustomerKey, Work } from './projection.js';
import { Roster } from './roster.js';
import { CountingProjection, countingTable } from './testing/counting-projection.js';

const CUSTOMERS = 3;

let worker: Database;
let store: PostgresEventStore;
let close: () => Promise<void>;

beforeEach(async () => {
  const fresh = await freshDatabase(async (url) => { await migrate(url, eventStoreMigrations); });
  worker = new Database(fresh.url, 'touchline_worker', 8);
  store = new PostgresEventStore(worker);
  close = async () => { await store.close(); await worker.close(); await fresh.drop(); };
});
afterEach(() => close());

const tell = (category: string, id: string) => store.append([{
  stream: { tenant: 'acme', category, id }, expected: 'any',
  events: [{ source: 'test', id: `${category}-${id}`, type: 'x-test.noted', version: 1, occurredAt: '2026-01-05T10:00:00.000Z', actor: { kind: 'system', id: 'test' }, data: {}, bodyHash: id }],
}]);
const customers = async () => (await worker.transaction((sql) => sql.query<{ customer: string }>(`select customer from ${countingTable(1)} order by 1`))).map(({ customer }) => customer);
const takenByAnother = () => worker.transaction((sql) => sql.query(`update projection_partition set owner = 'other', fence = fence + 1`));

/** Fails, or loses its partitions, in the middle of work, once. */
class Interrupted extends CountingProjection {
  override readonly categories = ['customer', 'clock'];
  ticks = 0;

  constructor(private trouble: (() => Promise<unknown>) | undefined) {
    super();
  }

  override async refold(work: Work, keys: readonly CustomerKey[]): Promise<void> {
    await super.refold(work, keys);
    await this.interrupt();
  }

  /** Slices, each of which leaves a row. */
  async tick(work: Work): Promise<boolean> {
    this.ticks += 1;
    await work.sql.query(`insert into ${countingTable(1)} values ('acme', $1, 0, 0, '', 0)`, [`tick ${this.ticks}`]);
    await this.interrupt();
    return this.ticks < 3;
  }

  private async interrupt(): Promise<void> {
    const trouble = this.trouble;
    this.trouble = undefined;
    await trouble?.();
  }
}

async function building(projection: Interrupted): Promise<{ parts: BuildParts; leases: Leases; roster: Roster }> {
  for (let n = 1; n <= CUSTOMERS; n++) await tell('customer', `c${n}`);
  await ensureProjection(worker, projection);
  const roster = new Roster(worker, 'test', [projection]);
  await roster.tell();
  const leases = new Leases(worker, projection, 1, 'test');
  return { parts: { database: worker, leases, projection, generation: 1, signal: new AbortController().signal }, leases, roster };
}

describe('A slice of a build', () => {
  it('leaves nothing behind when its partitions were taken by another worker meanwhile', async () => {
    const { parts, leases } = await building(new Interrupted(takenByAnother));
    await expect(build(parts, await leases.acquire(), CUSTOMERS)).rejects.toBeInstanceOf(Fenced);
    expect(await customers()).toEqual([]);
  });

  it('that failed is done by whoever goes on with the build', async () => {
    const { parts, leases } = await building(new Interrupted(() => Promise.reject(new Error('Not this time'))));
    await expect(build(parts, await leases.acquire(), CUSTOMERS)).rejects.toThrow('Not this time');
    expect((await build(parts, await leases.acquire(), CUSTOMERS)).map(({ position }) => position)).toEqual(Array.from({ length: 8 }, () => CUSTOMERS));
    expect(await customers()).toEqual(['c1', 'c2', 'c3']);
  });
});

describe('A slice of a tick', () => {
  it('leaves nothing behind when its partitions were taken by another worker meanwhile', async () => {
    const projection = new Interrupted(takenByAnother);
    const { roster } = await building(projection);
    // Built already, so that what comes is followed fact by fact.
    await worker.transaction((sql) => sql.query('update projection_partition set position = $1', [CUSTOMERS]));
    await tell('clock', 'days');
    const log = new LogReader(store, projection.categories);
    const ending = new AbortController();
    const following = new Follower({ store, worker, projections: [projection], owner: 'test', roster, log }, projection, 1).follow(ending.signal);
    for (const end = Date.now() + 10_000; projection.ticks < 3 && Date.now() < end;) await new Promise((wake) => setTimeout(wake, 20));
    ending.abort();
    await following;
    log.close();
    expect(await customers()).not.toContain('tick 1');
    expect(await customers()).toContain('tick 2');
  });
});

import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { createHash } from 'node:crypto';
import { type Child, finish, killChildren, killHard, nextLine, spawnTypescript } from '../../../../test/support/child.js';
import { freshDatabase, type TestDatabase } from '../../../../test/support/database.js';
import { Database, eventStoreMigrations, migrate, type NewEvent, PostgresEventStore } from '../index.js';
import { Fenced, Leases } from './leases.js';
import { Roster } from './roster.js';
import { ensureProjection } from './generations.js';
import { CountingProjection, countingTable } from './testing/counting-projection.js';

const CUSTOMERS = 40;
const TAKEN_OVER_WITHIN_MS = 5_000;

describe('Workers share the partitions of a projection', () => {
  let fresh: TestDatabase;
  let worker: Database;
  let store: PostgresEventStore;
  let told = 0;

  beforeEach(async () => {
    fresh = await freshDatabase(async (url) => { await migrate(url, eventStoreMigrations); });
    worker = new Database(fresh.url, 'touchline_worker', 6);
    store = new PostgresEventStore(worker);
    told = 0;
  });
  afterEach(async () => {
    await killChildren();
    await store.close();
    await worker.close();
    await fresh.drop();
  });

  const start = async (owner: string, stall?: string): Promise<Child> => {
    const child = spawnTypescript('libs/event-store/src/engine/testing/worker-process.ts', [fresh.url, owner, ...(stall ? [stall] : [])]);
    expect(await nextLine(child)).toBe('ready');
    return child;
  };
  const tell = async (count: number): Promise<void> => {
    const events = Array.from({ length: count }, (): [number, NewEvent] => {
      const n = ++told;
      return [n % CUSTOMERS, { source: 'test', id: `e${n}`, type: 'ticket.opened', version: 1, occurredAt: new Date().toISOString(), actor: { kind: 'system', id: 'test' }, data: {}, bodyHash: `${n}` }];
    });
    await store.append(events.map(([customer, event]) => ({ stream: { tenant: 'acme', category: 'customer', id: `c${customer}` }, expected: 'any', events: [event] })));
  };
  const owners = (): Promise<Record<string, number>> => worker.transaction(async (sql) => {
    const rows = await sql.query<{ owner: string; partitions: number }>(`select coalesce(owner, 'nobody') as owner, count(*)::int as partitions from projection_partition where name = 'counting' group by 1`);
    return Object.fromEntries(rows.map(({ owner, partitions }) => [owner, partitions]));
  });
  const until = async (condition: () => Promise<boolean>, ms: number): Promise<number> => {
    const began = performance.now();
    while (!await condition()) {
      if (performance.now() - began > ms) throw new Error(`It did not happen within ${ms} ms; owners: ${JSON.stringify(await owners())}`);
      await new Promise((wake) => setTimeout(wake, 20));
    }
    return performance.now() - began;
  };
  const dealt = (wanted: Record<string, number>, ms = 15_000) => until(async () => JSON.stringify(Object.entries(await owners()).sort()) === JSON.stringify(Object.entries(wanted).sort()), ms);

  /** Every customer's row against a fold in memory: a fact that was skipped, applied twice or out of order changes the digest. */
  const rowsAreRight = async (): Promise<boolean> => {
    const rows = await worker.transaction((sql) => sql.query<{ customer: string; facts: number; digest: string }>(`select customer, facts, digest from ${countingTable(1)}`));
    const md5 = (text: string) => createHash('md5').update(text).digest('hex');
    const wanted = new Map<string, { facts: number; digest: string }>();
    for (let n = 1; n <= told; n++) {
      const before = wanted.get(`c${n % CUSTOMERS}`) ?? { facts: 0, digest: '' };
      wanted.set(`c${n % CUSTOMERS}`, { facts: before.facts + 1, digest: md5(`${before.digest}e${n}`) });
    }
    const sum = (values: Iterable<{ facts: number }>) => [...values].reduce((total, { facts }) => total + facts, 0);
    if (sum(rows) > told) throw new Error(`${sum(rows)} facts applied of ${told}: some were applied twice`);
    return rows.length === wanted.size && rows.every(({ customer, facts, digest }) => wanted.get(customer)?.facts === facts && wanted.get(customer)?.digest === digest);
  };

  it('one that is killed is replaced in less than five seconds, and no fact is lost or applied twice', async () => {
    const a = await start('a');
    await tell(200);
    await start('b');
    await dealt({ a: 4, b: 4 });
    let telling = true;
    const teller = (async () => { while (telling) { await tell(40); await new Promise((wake) => setTimeout(wake, 15)); } })();
    await until(async () => told > 1_000, 10_000);
    const behind = performance.now();
    await killHard(a);
    await dealt({ b: 8 }, TAKEN_OVER_WITHIN_MS);
    const takenOver = performance.now() - behind;
    await until(async () => told > 2_000, 10_000);
    telling = false;
    await teller;
    await until(rowsAreRight, 10_000);
    process.stdout.write(`failover after SIGKILL: ${Math.round(takenOver)} ms\n`);
    expect(takenOver).toBeLessThan(TAKEN_OVER_WITHIN_MS);
  }, 60_000);

  it.each([['after', 'with its rows written'], ['before', 'in a statement, before its rows are written']])('E6: one that stalls in a batch (%s: %s) is replaced, and what it does when it wakes up is rolled back: two at once apply nothing twice', async (stall) => {
    const a = await start('a', stall);
    await dealt({ a: 8 });
    const stalling = nextLine(a);
    await tell(100);
    expect(await stalling).toBe('stalling');
    const b = spawnTypescript('libs/event-store/src/engine/testing/worker-process.ts', [fresh.url, 'b']);
    await nextLine(b);
    a.kill('SIGSTOP');
    const takenOver = await dealt({ b: 8 }, TAKEN_OVER_WITHIN_MS);
    await tell(100);
    await until(rowsAreRight, 8_000);
    a.kill('SIGCONT');
    await dealt({ a: 4, b: 4 });
    await tell(100);
    await until(rowsAreRight, 15_000);
    // Whatever the stalled worker still had in hand would show by now.
    await new Promise((wake) => setTimeout(wake, 4_000));
    expect(await rowsAreRight()).toBe(true);
    process.stdout.write(`takeover from a stalled worker (${stall}): ${Math.round(takenOver)} ms\n`);
  }, 60_000);

  it('one that joins gets its share, one that leaves gives it back at once', async () => {
    const a = await start('a');
    await dealt({ a: 8 });
    const b = await start('b');
    await dealt({ a: 4, b: 4 });
    const c = await start('c');
    await until(async () => Object.values(await owners()).sort().join() === '2,3,3', 15_000);
    await tell(400);
    await until(rowsAreRight, 10_000);
    await finish(c);
    expect((await owners())['c']).toBeUndefined();
    const took = await dealt({ a: 4, b: 4 }, 3_000);
    await finish(b);
    await dealt({ a: 8 }, 3_000);
    await tell(100);
    await until(rowsAreRight, 10_000);
    await finish(a);
    expect(await owners()).toEqual({ nobody: 8 });
    process.stdout.write(`partitions of a worker that left were taken in ${Math.round(took)} ms\n`);
  }, 60_000);

  it('a commit under an older fence is refused', async () => {
    const projection = new CountingProjection();
    await ensureProjection(worker, projection);
    const rosters = { a: new Roster(worker, 'a', [projection]), b: new Roster(worker, 'b', [projection]) };
    await rosters.a.tell();
    const a = new Leases(worker, projection, 1, 'a');
    const b = new Leases(worker, projection, 1, 'b');
    const held = await a.acquire();
    expect(held).toHaveLength(8);
    await rosters.b.tell();
    expect(await b.acquire()).toEqual([]);
    await rosters.a.leave();
    const taken = await b.acquire();
    expect(taken.map(({ fence }) => fence)).toEqual(held.map(({ fence }) => fence + 1));
    await expect(worker.transaction((sql) => a.advance(sql, held, 5))).rejects.toBeInstanceOf(Fenced);
    expect((await worker.transaction((sql) => b.advance(sql, taken, 3))).map(({ position }) => position)).toEqual(Array.from({ length: 8 }, () => 3));
  });
});

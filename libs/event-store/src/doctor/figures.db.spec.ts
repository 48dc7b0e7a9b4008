import { afterAll, beforeAll, expect, it } from '@jest/globals';
import pg from 'pg';
import { parsePosition } from '#journey';
import { freshDatabase, type TestDatabase } from '../../../../test/support/database.js';
import type { NewEvent } from '../event-store.js';
import { Database } from '../postgres/database.js';
import { migrate } from '../postgres/migrate.js';
import { eventStoreMigrations } from '../postgres/migrations/index.js';
import { PostgresEventStore } from '../postgres/postgres-event-store.js';
import { ensureTenant } from '../postgres/tenants.js';
import { figuresOf } from './figures.js';

let database: TestDatabase;
let worker: Database;
let admin: pg.Client;
let store: PostgresEventStore;

beforeAll(async () => {
  database = await freshDatabase(async (url) => void await migrate(url, eventStoreMigrations));
  worker = new Database(database.url, 'touchline_worker', 3);
  store = new PostgresEventStore(worker);
  admin = new pg.Client(database.adminUrl);
  await admin.connect();
  await admin.query('set search_path = touchline');
  for (const tenant of ['acme', 'globex']) await ensureTenant(worker, tenant, 'UTC');
});
afterAll(async () => {
  await store.close();
  await worker.close();
  await admin.end();
  await database.drop();
});

async function append(tenant: string, id: string): Promise<number> {
  const event: NewEvent = { source: 'test', id, type: 'ticket.opened', version: 1, occurredAt: new Date().toISOString(), actor: { kind: 'system', id: 'test' }, data: {}, bodyHash: id };
  const [verdict] = await store.append([{ stream: { tenant, category: 'customer', id: 'c1' }, expected: 'any', events: [event] }]);
  if (verdict!.status !== 'appended') throw new Error(verdict!.status);
  return parsePosition(verdict!.positions[0]!).n;
}
const age = (position: number, seconds: number) => admin.query(`update log set recorded_at = recorded_at - $2 * interval '1 second' where position = $1`, [position, seconds]);
const about = (seconds: number) => ({ asymmetricMatch: (value: unknown) => typeof value === 'number' && value >= seconds && value < seconds + 20 });

it('tells nothing of an installation that nobody has used', async () => {
  expect(await figuresOf(worker)).toEqual({ head: 0, projections: [], reactions: [], kinds: [], slowest: [], floorSeconds: 0, mirrorSeconds: null });
});

it('tells of the live generation alone how far it is behind, whom it holds, whether it stands still and who works on it', async () => {
  const [first, second] = [await append('acme', 'p1'), await append('acme', 'p2')];
  await age(second, 100);
  await admin.query(`insert into projection (name, live) values ('customers', 2);
    insert into projection_worker (owner, carries, expires_at) values ('w', '{}', now() + interval '1 day'), ('v', '{}', now() + interval '1 day');
    insert into projection_generation (name, generation, stopped_at, stopped_cause, stopped_customers) values ('customers', 1, null, null, null), ('customers', 2, now(), 'x', 101);
    insert into projection_partition (name, generation, partition, position, owner) values ('customers', 1, 0, 0, 'w'), ('customers', 2, 0, ${first}, 'w'), ('customers', 2, 1, ${second}, 'v');
    insert into parked (name, generation, tenant, customer, position, reason, cause) values ('customers', 2, 'acme', 'c1', 1, 'r', 'c'), ('customers', 1, 'acme', 'c2', 1, 'r', 'c')`);
  const { head, projections } = await figuresOf(worker);
  expect({ head, projections }).toEqual({ head: second, projections: [{ name: 'customers', lagSeconds: about(100), behind: second - first, parked: 1, stopped: true, workers: 2 }] });
  await admin.query(`update projection_partition set position = ${second}; update projection_generation set stopped_at = null`);
  expect((await figuresOf(worker)).projections).toEqual([{ name: 'customers', lagSeconds: 0, behind: 0, parked: 1, stopped: false, workers: 2 }]);
});

it('counts no worker that was killed, though its name stands on its parts until another takes them', async () => {
  const workers = async () => (await figuresOf(worker)).projections.map((each) => each.workers);
  await admin.query(`update projection_worker set expires_at = now() - interval '1 second' where owner = 'w'`);
  expect(await workers()).toEqual([1]);
  await admin.query(`delete from projection_worker where owner in ('v', 'w')`);
  expect(await workers()).toEqual([0]);
});

it('tells of reactions what is due and for how long', async () => {
  const { head } = await figuresOf(worker);
  await admin.query(`insert into reaction (name, position) values ('busy', ${head - 1}), ('idle', ${head});
    insert into agenda (tenant, reaction, subject, position, customer, source, id, type, occurred_at, at)
      select 'acme', 'busy', 's' || n, 1, 'c', 's', 'i', 't', now(), now() - n * interval '50 seconds' from generate_series(-1, 2) as n`);
  expect((await figuresOf(worker)).reactions).toEqual([{ name: 'busy', behind: 1, due: 3, lateSeconds: about(100) }, { name: 'idle', behind: 0, due: 0, lateSeconds: 0 }]);
});

it('tells of subscriptions by kind, and names no more than twenty: those furthest behind, each by the events of its own tenant', async () => {
  const own = await append('globex', 's1');
  await age(own, 300);
  const later = await append('acme', 's2');
  await age(later, 40);
  await admin.query(`insert into projection_worker (owner, carries, expires_at) values ('alive', '{}', now() + interval '1 day'), ('dead', '{}', now() - interval '1 day');
    insert into subscription (kind, tenant, id, position, owner, failures) values ('kafka', 'globex', 'g', ${own - 1}, 'alive', 2), ('kafka', 'acme', 'a', ${own}, 'dead', 0);
    insert into subscription (kind, tenant, id, position, owner) select 'webhook', 'acme', 'w' || n, ${later}, 'alive' from generate_series(1, 30) as n`);
  const { kinds, slowest } = await figuresOf(worker);
  expect(kinds).toEqual([{ kind: 'kafka', count: 2, failing: 1, unfollowed: 1 }, { kind: 'webhook', count: 30, failing: 0, unfollowed: 0 }]);
  expect(slowest).toHaveLength(20);
  expect(slowest.slice(0, 3)).toEqual([
    { kind: 'kafka', tenant: 'globex', id: 'g', lagSeconds: about(300) }, { kind: 'kafka', tenant: 'acme', id: 'a', lagSeconds: about(40) }, expect.objectContaining({ kind: 'webhook', lagSeconds: 0 }),
  ]);
});

it('tells for how long an append has been open that keeps readers from going on', async () => {
  const other = await worker.connect();
  try {
    await other.query('begin');
    await other.query('select log_floor_lock()');
    await new Promise((wake) => setTimeout(wake, 300));
    expect((await figuresOf(worker)).floorSeconds).toBeGreaterThan(0.2);
  } finally {
    await other.query('rollback');
    other.release();
  }
});

it('tells for how long nobody has heard that the mirror of EventStoreDB has all: for ever where nobody keeps it', async () => {
  await admin.query('insert into log_mirror (width) values (10000000000)');
  expect((await figuresOf(worker)).mirrorSeconds).toBe(Infinity);
  await admin.query(`update log_mirror set told = now() - interval '70 seconds'`);
  expect((await figuresOf(worker)).mirrorSeconds).toEqual(about(70));
});

import { afterEach, beforeEach, expect, it } from '@jest/globals';
import { type Append, beginRebuild, Database, ensureTenant, eventStoreMigrations, migrate, PostgresEventStore, progressOf, Projector } from '#event-store';
import { freshDatabase } from '../../../../test/support/database.js';
import { caughtUp, eventually, rebuilt } from '../../../../test/support/read-models.js';
import { readModelMigrations } from '../index.js';
import { TimelineProjection } from '../timeline/timeline-projection.js';
import { customerSteps } from './customer-state.js';
import { CustomersProjection } from './customers-projection.js';

const CUSTOMERS = 400;
const COSTS_MS = 12;
/** A lease ends after three seconds without a heartbeat; all customers together take longer. */
const LONGEST_TRANSACTION_S = 1.5;

let worker: Database;
let store: PostgresEventStore;
let workers: Projector[];
let drop: () => Promise<void>;
let moves: string[];

beforeEach(async () => {
  const fresh = await freshDatabase(async (url) => { await migrate(url, [...eventStoreMigrations, ...readModelMigrations]); });
  drop = fresh.drop;
  worker = new Database(fresh.url, 'touchline_worker', 12);
  store = new PostgresEventStore(worker);
  await ensureTenant(worker, 'acme', 'UTC');
  [workers, moves] = [[], []];
});
afterEach(async () => {
  await Promise.all(workers.map((each) => each.stop()));
  await store.close();
  await worker.close();
  await drop();
});

async function start(owner: string): Promise<Projector> {
  const moveToDay: typeof customerSteps.moveToDay = (state, ...rest) => {
    moves.push(state.customer);
    for (const until = performance.now() + COSTS_MS; performance.now() < until;);
    customerSteps.moveToDay(state, ...rest);
  };
  const projector = new Projector({ store, worker, projections: [new CustomersProjection({ ...customerSteps, moveToDay }), new TimelineProjection()], owner });
  workers.push(projector);
  await projector.start();
  return projector;
}

const append = (category: string, id: string, type: string, data: Record<string, unknown>): Append => ({
  stream: { tenant: 'acme', category, id }, expected: 'any',
  events: [{ source: 'test', id: `${type}-${id}`, type, version: 1, occurredAt: new Date().toISOString(), actor: { kind: 'system', id: 'test' }, data, bodyHash: 'x' }],
});
const rows = () => worker.transaction((sql) => sql.query<{ customer: string; day: number; close_day: number | null }>('select customer, day, close_day from touchline_read.customer_1 order by 1'));
const today = Math.floor(Date.now() / 86_400_000);
const moved = async () => (await rows()).filter(({ day }) => day === today + 1).length;
const longest = async () => worker.transaction(async (sql) => Number((await sql.query<{ seconds: string }>('select max(seconds) as seconds from log_open_transactions()'))[0]!.seconds));
const customers = async () => (await progressOf(worker)).find(({ name }) => name === 'customers')!;

it('the day of many customers closes in short transactions, goes on where another worker left it, and does nobody twice', async () => {
  const a = await start('a');
  await store.append(Array.from({ length: CUSTOMERS }, (_, n) => append('customer', `c${n}`, 'customer.registered', { name: `Customer ${n}` })));
  await caughtUp(worker, store);
  expect(await rows()).toHaveLength(CUSTOMERS);
  moves = [];
  let open = 0;
  const watch = setInterval(() => void longest().then((seconds) => { open = Math.max(open, seconds); }).catch(() => undefined), 20);
  await store.append([append('clock', 'days', 'clock.day-closed', { day: new Date().toISOString().slice(0, 10) })]);
  const { head } = await customers();
  await eventually(async () => await moved() > CUSTOMERS / 8);
  await a.stop();
  const half = await moved();
  expect(half).toBeLessThan(CUSTOMERS);
  // Half of the rows are beyond the checkpoint, which has not moved.
  expect((await customers()).position).toBe(head - 1);
  const b = await start('b');
  await eventually(async () => (await customers()).position === head);
  clearInterval(watch);
  expect(await moved()).toBe(CUSTOMERS);
  expect([...moves].sort()).toEqual((await rows()).map(({ customer }) => customer).sort());
  expect(open).toBeGreaterThan(0);
  expect(open).toBeLessThan(LONGEST_TRANSACTION_S);
  const begun = new Map(await Promise.all(['customers', 'timeline'].map(async (name) => [name, await beginRebuild(worker, name === 'customers' ? new CustomersProjection() : new TimelineProjection())] as const)));
  await rebuilt(worker, store, begun);
  await b.stop();
}, 90_000);

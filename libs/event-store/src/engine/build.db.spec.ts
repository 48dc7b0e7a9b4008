import { afterEach, beforeEach, expect, it } from '@jest/globals';
import { createHash } from 'node:crypto';
import { freshDatabase } from '../../../../test/support/database.js';
import { beginRebuild, Database, eventStoreMigrations, migrate, PostgresEventStore, progressOf, Projector } from '../index.js';
import type { CustomerKey, Work } from './projection.js';
import { CountingProjection, countingTable } from './testing/counting-projection.js';

const CUSTOMERS = 4_000;
const FACTS_EACH = 9;

let worker: Database;
let store: PostgresEventStore;
let workers: Projector[];
let drop: () => Promise<void>;
let told = 0;

beforeEach(async () => {
  const fresh = await freshDatabase(async (url) => { await migrate(url, eventStoreMigrations); });
  drop = fresh.drop;
  worker = new Database(fresh.url, 'touchline_worker', 16);
  store = new PostgresEventStore(worker);
  [workers, told] = [[], 0];
  for (let round = 0; round < FACTS_EACH; round++) await tell(CUSTOMERS);
});
afterEach(async () => {
  await Promise.all(workers.map((each) => each.stop()));
  await store.close();
  await worker.close();
  await drop();
});

/** Writes down whom it folds; a slice takes a moment. */
class Watched extends CountingProjection {
  readonly folded: string[] = [];

  override async refold(work: Work, customers: readonly CustomerKey[]): Promise<void> {
    if (work.generation > 1) this.folded.push(...customers.map(({ customer }) => customer));
    await super.refold(work, customers);
  }
}

async function tell(count: number): Promise<void> {
  await store.append(Array.from({ length: count }, () => {
    const n = ++told;
    return {
      stream: { tenant: 'acme', category: 'customer', id: `c${n % CUSTOMERS}` }, expected: 'any' as const,
      events: [{ source: 'test', id: `e${n}`, type: 'ticket.opened', version: 1, occurredAt: new Date().toISOString(), actor: { kind: 'system' as const, id: 'test' }, data: {}, bodyHash: `${n}` }],
    };
  }));
}

async function start(owner: string): Promise<{ projector: Projector; projection: Watched }> {
  const projection = new Watched();
  const projector = new Projector({ store, worker, projections: [projection], owner });
  workers.push(projector);
  await projector.start();
  return { projector, projection };
}

const until = async (condition: () => Promise<boolean>): Promise<void> => {
  for (const end = Date.now() + 20_000; !await condition(); await new Promise((wake) => setTimeout(wake, 10))) {
    if (Date.now() > end) throw new Error(`It did not happen: ${JSON.stringify(await progressOf(worker))}`);
  }
};
const built = () => worker.transaction(async (sql) => Number((await sql.query<{ n: string }>(`select count(*) as n from projection_partition where generation = 2 and built_customer is not null`))[0]!.n));

async function rowsAreRight(generation: number): Promise<void> {
  const rows = await worker.transaction((sql) => sql.query<{ customer: string; facts: number; digest: string }>(`select customer, facts, digest from ${countingTable(generation)}`));
  const wanted = new Map<string, { facts: number; digest: string }>();
  for (let n = 1; n <= told; n++) {
    const before = wanted.get(`c${n % CUSTOMERS}`) ?? { facts: 0, digest: '' };
    wanted.set(`c${n % CUSTOMERS}`, { facts: before.facts + 1, digest: createHash('md5').update(`${before.digest}e${n}`).digest('hex') });
  }
  expect(new Map(rows.map(({ customer, facts, digest }) => [customer, { facts, digest }]))).toEqual(wanted);
}

it('a build goes on where a worker that stopped left it, folds nobody twice but the slices in hand, and takes over with every fact, also those that came meanwhile', async () => {
  const a = await start('a');
  await until(async () => (await progressOf(worker))[0]?.behind === 0);
  await beginRebuild(worker, a.projection);
  await until(async () => await built() === 8 && a.projection.folded.length < CUSTOMERS);
  await tell(100);
  await a.projector.stop();
  const left = a.projection.folded.length;
  expect(left).toBeLessThan(CUSTOMERS);
  const [first, second] = await progressOf(worker);
  expect(first!.built).toBeNull();
  expect(second!.built!.of).toBe(CUSTOMERS);
  expect(second!.built!.customers).toBeGreaterThan(0);
  expect(second!.built!.customers).toBeLessThanOrEqual(left);
  const b = await start('b');
  await tell(100);
  await until(async () => (await progressOf(worker)).some(({ generation, live, behind }) => generation === 2 && live && behind === 0));
  const slices = left + b.projection.folded.length - CUSTOMERS;
  expect(new Set([...a.projection.folded, ...b.projection.folded]).size).toBe(CUSTOMERS);
  // Three slices at most were in work and not yet written down as done; each has so many customers as have 5,000 facts.
  expect(slices).toBeLessThanOrEqual(3 * Math.ceil(5_000 / FACTS_EACH));
  expect(b.projection.folded.length).toBeLessThan(CUSTOMERS);
  await rowsAreRight(2);
  await rowsAreRight(1);
}, 60_000);

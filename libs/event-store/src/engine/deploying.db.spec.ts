import { afterEach, beforeEach, expect, it } from '@jest/globals';
import { createHash } from 'node:crypto';
import { freshDatabase } from '../../../../test/support/database.js';
import { Database, eventStoreMigrations, liveGeneration, migrate, PostgresEventStore, progressOf, Projector } from '../index.js';
import { CountingProjection, countingTable } from './testing/counting-projection.js';

const CUSTOMERS = 12;
let worker: Database;
let store: PostgresEventStore;
let drop: () => Promise<void>;
let told = 0;
let workers: Projector[] = [];
let warnings: string[] = [];

beforeEach(async () => {
  const fresh = await freshDatabase(async (url) => { await migrate(url, eventStoreMigrations); });
  drop = fresh.drop;
  worker = new Database(fresh.url, 'touchline_worker', 16);
  store = new PostgresEventStore(worker);
  told = 0;
  workers = [];
  warnings = [];
});
afterEach(async () => {
  await Promise.all(workers.map((each) => each.stop()));
  await store.close();
  await worker.close();
  await drop();
});

/** The next release, which counts every fact tenfold. */
class Tenfold extends CountingProjection {
  override readonly version = '2';
  override createTables(generation: number): string {
    return super.createTables(generation).replace('position bigint not null', 'position bigint not null, tenfold integer generated always as (facts * 10) stored');
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

/** What people read: one snapshot of the live generation, with the version that its rows are of. */
const read = () => worker.transaction(async (sql) => {
  const generation = await liveGeneration(sql, 'counting');
  const rows = await sql.query<{ customer: string; facts: number; digest: string; tenfold?: number }>(`select * from ${countingTable(generation)}`);
  return { generation, rows };
}, 'repeatable read');

/** Every row is that of some number of this customer's first facts, as the version counts them; none goes back. */
function isRight({ rows, generation }: Awaited<ReturnType<typeof read>>, seen: Map<string, number>): void {
  for (const { customer, facts, digest, tenfold } of rows) {
    const md5 = (text: string) => createHash('md5').update(text).digest('hex');
    let wanted = '';
    for (let n = 1, left = facts; left > 0; n++) if (`c${n % CUSTOMERS}` === customer) { wanted = md5(`${wanted}e${n}`); left -= 1; }
    expect({ customer, digest, tenfold }).toEqual({ customer, digest: wanted, tenfold: generation === 1 ? undefined : facts * 10 });
    expect(facts).toBeGreaterThanOrEqual(seen.get(customer) ?? 0);
    seen.set(customer, facts);
  }
}

const start = async (projection: CountingProjection, owner: string): Promise<Projector> => {
  const projector = new Projector({ store, worker, projections: [projection], owner, batchSize: 50, warn: (message, error) => warnings.push(`${message}: ${(error as Error).message}`) });
  workers.push(projector);
  await projector.start();
  return projector;
};
const until = async (condition: () => Promise<boolean>, during: () => Promise<void> = async () => {}): Promise<void> => {
  for (const end = Date.now() + 20_000; !await condition(); await new Promise((wake) => setTimeout(wake, 20))) {
    if (Date.now() > end) throw new Error(`It did not happen: ${warnings.join()} ${JSON.stringify(await progressOf(worker))}`);
    await during();
  }
};
const generation = async (number: number) => (await progressOf(worker)).find((each) => each.generation === number);

it('a rolling deploy: old and new code run at once, each on rows of its own, and every answer is right until the last old worker has left and the new rows are read', async () => {
  const seen = new Map<string, number>();
  const life = async () => { await tell(7); isRight(await read(), seen); };
  const [a, b] = [await start(new CountingProjection(), 'a'), await start(new CountingProjection(), 'b')];
  await tell(200);
  await until(async () => (await generation(1))?.behind === 0, life);
  await a.stop();
  await start(new Tenfold(), 'a, new');
  await until(async () => (await generation(2))?.comparison?.different === CUSTOMERS, life);
  expect(await generation(1)).toMatchObject({ live: true, workers: 1, version: '1' });
  expect(await generation(2)).toMatchObject({ live: false, workers: 1, version: '2', state: 'building' });
  // The rows differ, so as long as old workers are there, a person decides.
  for (let turn = 0; turn < 20; turn++) await life();
  await until(async () => (await generation(1))?.behind === 0, life);
  expect((await read()).generation).toBe(1);
  await b.stop();
  await until(async () => (await read()).generation === 2, life);
  await until(async () => (await generation(2))?.behind === 0);
  isRight(await read(), seen);
  expect([...seen.values()].reduce((sum, facts) => sum + facts, 0)).toBe(told);
}, 60_000);

it('a worker that goes back to the old code goes on where its rows stood, and they are read again', async () => {
  const old = await start(new CountingProjection(), 'old');
  await tell(100);
  await until(async () => (await generation(1))?.behind === 0);
  await old.stop();
  const next = await start(new Tenfold(), 'new');
  await until(async () => (await read()).generation === 2);
  await tell(100);
  await next.stop();
  await start(new CountingProjection(), 'old again');
  await until(async () => (await read()).generation === 1);
  await until(async () => (await generation(1))?.behind === 0);
  isRight(await read(), new Map());
  expect((await read()).rows.reduce((sum, { facts }) => sum + facts, 0)).toBe(told);
}, 60_000);

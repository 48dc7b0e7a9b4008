import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { type CustomerKey, Database, ensureTenant, eventStoreMigrations, migrate, type NewEvent, partitionOf, PostgresEventStore, Projector, refoldCustomers, type Work } from '#event-store';
import { projections, readModelMigrations } from '#read-model';
import { CustomersProjection } from '../../libs/read-model/src/customers/customers-projection.js';
import { freshDatabase } from '../support/database.js';
import { caughtUp, rowsOf } from '../support/read-models.js';
import { verified } from '../support/verified.js';

const tenant = 'acme';
let worker: Database;
let store: PostgresEventStore;
let drop: () => Promise<void>;
let told = 0;

beforeAll(async () => {
  const fresh = await freshDatabase(async (url) => { await migrate(url, [...eventStoreMigrations, ...readModelMigrations]); });
  drop = fresh.drop;
  worker = new Database(fresh.url, 'touchline_worker', 16);
  store = new PostgresEventStore(worker);
  await ensureTenant(worker, tenant, 'UTC');
});
afterAll(async () => {
  await store.close();
  await worker.close();
  await drop();
});

const start = async (owner: string) => {
  const projector = new Projector({ store, worker, projections: projections(), owner });
  await projector.start();
  return projector;
};
const tell = async (customer: string, type: string, data: Record<string, unknown>) => {
  told += 1;
  const event: NewEvent = { source: 'test', id: `f${told}`, type, version: 1, occurredAt: new Date().toISOString(), actor: { kind: 'system', id: 'test' }, data, bodyHash: String(told) };
  await store.append([{ stream: { tenant, category: 'customer', id: customer }, expected: 'any', events: [event] }]);
};
const names = async () => {
  await caughtUp(worker, store);
  return Object.fromEntries((await rowsOf(worker, [tenant])).customers.map(({ customer, profile }) => [customer, (profile as { name: string | null }).name]));
};

it('who takes partitions over, or gets them back after a retry, knows who is merged into whom', async () => {
  expect(partitionOf(tenant, 'a')).not.toBe(partitionOf(tenant, 'b'));
  const one = await start('one');
  await tell('a', 'customer.registered', { name: 'A' });
  // Without a name of its own it borrows one, which shows whether the facts of the other arrive.
  await tell('b', 'customer.owner-assigned', { owner: 'olga' });
  await tell('a', 'customer.merged', { into: 'b' });
  expect(await names()).toEqual({ a: null, b: 'A' });
  await one.stop();
  await tell('a', 'customer.profile-changed', { name: 'Told while nobody worked' });
  const other = await start('other');
  expect(await names()).toEqual({ a: null, b: 'Told while nobody worked' });
  for (const projection of projections()) await refoldCustomers(worker, projection, [{ tenant, customer: 'a' }]);
  await tell('a', 'customer.profile-changed', { name: 'Told after a retry' });
  expect(await names()).toEqual({ a: null, b: 'Told after a retry' });
  await tell('a', 'customer.unmerged', {});
  expect(await names()).toEqual({ a: 'Told after a retry', b: null });
  await other.stop();
}, 60_000);

/** Once, while a merge fact is folded, a retry of an operator raises the fence: the batch rolls back. */
class Interrupted extends CustomersProjection {
  waiting = false;

  override async refold(work: Work, customers: readonly CustomerKey[]): Promise<void> {
    await super.refold(work, customers);
    if (!this.waiting) return;
    this.waiting = false;
    await worker.transaction((sql) => sql.query(`update projection_partition set fence = fence + 1 where name = 'customers'`));
  }
}

it('a batch with an unmerge that was rolled back is done again in full', async () => {
  const customers = new Interrupted();
  const projector = new Projector({ store, worker, projections: projections().map((each) => (each.name === customers.name ? customers : each)), owner: 'one' });
  await projector.start();
  try {
    await tell('c', 'customer.registered', { name: 'C' });
    await tell('d', 'customer.registered', { name: 'D' });
    await caughtUp(worker, store);
    await tell('c', 'customer.merged', { into: 'd' });
    await tell('c', 'customer.profile-changed', { name: 'Told while merged' });
    // It has a name of its own and borrows none.
    expect(await names()).toMatchObject({ c: null, d: 'D' });
    customers.waiting = true;
    await tell('c', 'customer.unmerged', {});
    expect(await names()).toMatchObject({ c: 'Told while merged', d: 'D' });
    expect(customers.waiting).toBe(false);
    expect((await verified(worker)).equal).toBe(true);
  } finally {
    await projector.stop();
  }
}, 60_000);

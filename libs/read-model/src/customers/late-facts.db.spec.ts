import { createSecretKey, randomBytes } from 'node:crypto';
import { afterEach, describe, expect, it } from '@jest/globals';
import { type Append, Database, ensureTenant, eventStoreMigrations, KeyRing, migrate, PostgresEventStore, progressOf, Projector } from '#event-store';
import type { Position } from '#journey';
import { parsePosition } from '#journey';
import { freshDatabase } from '../../../../test/support/database.js';
import { caughtUp, eventually } from '../../../../test/support/read-models.js';
import { readModelMigrations } from '../index.js';
import { TimelineProjection } from '../timeline/timeline-projection.js';
import { untilVisible } from '../visible.js';
import { customerSteps } from './customer-state.js';
import { CustomersProjection } from './customers-projection.js';
import { getCustomer } from './get-customer.js';

const DAY = 86_400_000;
let ending: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const end of ending.reverse()) await end();
  ending = [];
});

async function open(steps = customerSteps, batchSize = 1_000) {
  const { url, drop } = await freshDatabase(async (own) => { await migrate(own, [...eventStoreMigrations, ...readModelMigrations]); });
  const [worker, reader] = [new Database(url, 'touchline_worker', 8), new Database(url, 'touchline_reader', 2)];
  const store = new PostgresEventStore(worker);
  const warnings: string[] = [];
  await ensureTenant(worker, 'acme', 'UTC');
  const projector = new Projector({
    store, worker, projections: [new CustomersProjection(steps), new TimelineProjection()], owner: 'test', batchSize, warn: (message, error) => warnings.push(`${message}: ${(error as Error).message}`) });
  await projector.start();
  ending.push(drop, () => reader.close(), () => worker.close(), () => store.close(), () => projector.stop());
  const model = { worker, reader, keys: new KeyRing(reader, createSecretKey(randomBytes(32))), now: () => new Date() };
  return { worker, store, model, warnings };
}

const slow = (ms: number) => { for (const until = performance.now() + ms; performance.now() < until;); };

const append = (customer: number, type: string, data: Record<string, unknown>, daysAgo: number, turn = 0): Append => ({
  stream: { tenant: 'acme', category: 'customer', id: `c${customer}` }, expected: 'any',
  events: [{
    source: 'test', id: `${type}-${customer}-${turn}`, type, version: 1, occurredAt: new Date(Date.now() - daysAgo * DAY).toISOString(), actor: { kind: 'system', id: 'test' }, data, bodyHash: `${type}-${turn}`,
  }],
});

describe('Late facts', () => {
  it.each([[1_000, 'in a batch of hundreds'], [50, 'while more is still to be read']])('are counted for whoever waited for their position (batches of %i: %s)', async (batchSize) => {
    const { worker, store, model } = await open(customerSteps, batchSize);
    const everyone = Array.from({ length: 600 }, (_, customer) => customer);
    await store.append(everyone.map((customer) => append(customer, 'customer.registered', { name: `Customer ${customer}` }, 0)));
    const verdicts = await store.append(everyone.map((customer) => append(customer, 'customer.profile-changed', { segment: 'late' }, 3)));
    const positions = verdicts.map((verdict) => (verdict.status === 'appended' ? verdict.positions[0]! : '' as Position));
    await Promise.all([0, 7, 199, 200, 301, 599].map(async (customer) => {
      await untilVisible(worker, 'acme', positions[customer]!, 20_000);
      const answer = await getCustomer(model, { tenant: 'acme', customer: `c${customer}` });
      expect({ customer, segment: answer.segment }).toEqual({ customer, segment: 'late' });
      expect(parsePosition(answer.position).n).toBeGreaterThanOrEqual(parsePosition(positions[customer]!).n);
    }));
  }, 60_000);

  it('are folded in the end however long it takes for all of them: a slow fold is not taken for a worker that stands still', async () => {
    const { worker, store, warnings } = await open({ ...customerSteps, refold: (...args) => { slow(30); customerSteps.refold(...args); } });
    const everyone = Array.from({ length: 250 }, (_, customer) => customer);
    await store.append(everyone.map((customer) => append(customer, 'customer.registered', { name: 'Nord' }, 3)));
    await caughtUp(worker, store);
    await store.append(everyone.map((customer) => append(customer, 'customer.profile-changed', { segment: 'late' }, 2)));
    await caughtUp(worker, store);
    await eventually(async () => (await progressOf(worker)).every(({ parked }) => parked === 0));
    expect(warnings).toEqual([]);
  }, 90_000);
});

describe('Customers who come by the hundred', () => {
  it('hold up no other tenant: their rows wait until their history has come, and are then as if they had come one by one', async () => {
    const { worker, store, model } = await open({ ...customerSteps, rowOf: (...args) => { slow(10); return customerSteps.rowOf(...args); } });
    await ensureTenant(worker, 'beta', 'UTC');
    const everyone = Array.from({ length: 400 }, (_, customer) => customer);
    const verdicts = await store.append(everyone.map((customer) => append(customer, 'customer.registered', { name: `Customer ${customer}` }, 0)));
    const neighbour = append(0, 'customer.registered', { name: 'Neighbour' }, 0);
    const [seen] = await store.append([{ ...neighbour, stream: { ...neighbour.stream, tenant: 'beta' } }]);
    await untilVisible(worker, 'beta', seen?.status === 'appended' ? seen.positions[0]! : '', 20_000);
    const waiting = await worker.transaction((sql) => sql.query('select status from touchline_read.customer_1 where stale'));
    expect(waiting.length).toBeGreaterThan(300);
    expect(waiting).not.toContainEqual({ status: 'retracted' });
    const last = verdicts.at(-1)!;
    await untilVisible(worker, 'acme', last.status === 'appended' ? last.positions[0]! : '', 20_000);
    expect(await getCustomer(model, { tenant: 'acme', customer: 'c399' })).toMatchObject({ name: 'Customer 399' });
  }, 60_000);

  it('are folded one by one where their empty row cannot be made', async () => {
    let tried = 0;
    const { worker, store } = await open({ ...customerSteps, rowOf: (...args) => { if (tried++ === 0) throw new Error('This time not.'); return customerSteps.rowOf(...args); } });
    await store.append(Array.from({ length: 60 }, (_, customer) => append(customer, 'customer.registered', { name: `Customer ${customer}` }, 0)));
    await caughtUp(worker, store);
    expect(await worker.transaction((sql) => sql.query('select count(*)::int as all, count(name)::int as named from touchline_read.customer_1'))).toEqual([{ all: 60, named: 60 }]);
  }, 60_000);
});

describe('A batch and the close of a day', () => {
  it('are done in the end however long their customers take together', async () => {
    const { worker, store, warnings } = await open({
      ...customerSteps,
      addToState: (...args) => { slow(18); customerSteps.addToState(...args); },
      moveToDay: (...args) => { slow(18); customerSteps.moveToDay(...args); },
    });
    const everyone = Array.from({ length: 220 }, (_, customer) => customer);
    for (const turn of [0, 1]) {
      await store.append(everyone.map((customer) => append(customer, 'customer.registered', { name: 'Nord' }, 0, turn)));
      await caughtUp(worker, store);
    }
    const today = new Date().toISOString().slice(0, 10);
    await store.append([{ stream: { tenant: 'acme', category: 'clock', id: 'days' }, expected: 'any', events: append(0, 'clock.day-closed', { day: today }, 0).events }]);
    await caughtUp(worker, store);
    const [moved] = await worker.transaction((sql) => sql.query<{ days: string }>('select count(distinct day) as days from touchline_read.customer_1'));
    expect(Number(moved!.days)).toBe(1);
    expect(warnings).toEqual([]);
  }, 90_000);
});

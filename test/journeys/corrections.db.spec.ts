import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { createSecretKey, randomBytes } from 'node:crypto';
import { Database, ensureTenant, eventStoreMigrations, KeyRing, migrate, type NewEvent, PostgresEventStore, Projector } from '#event-store';
import { getCustomer, getToday, projections, readModelMigrations, type ReadModelOptions, untilVisible } from '#read-model';
import { freshDatabase } from '../support/database.js';

const tenant = 'acme';
const stream = { tenant, category: 'customer', id: 'c1' };
let told = 0;
let close: () => Promise<void>;
let store: PostgresEventStore;
let model: ReadModelOptions;

beforeAll(async () => {
  const fresh = await freshDatabase(async (url) => { await migrate(url, [...eventStoreMigrations, ...readModelMigrations]); });
  const worker = new Database(fresh.url, 'touchline_worker');
  const reader = new Database(fresh.url, 'touchline_reader');
  store = new PostgresEventStore(worker);
  const projector = new Projector({ store, worker, projections: projections(), owner: 'test' });
  await ensureTenant(worker, tenant, 'Europe/Berlin');
  await projector.start();
  model = { reader, worker, keys: new KeyRing(reader, createSecretKey(randomBytes(32))), now: () => new Date() };
  close = async () => {
    await projector.stop();
    await store.close();
    await Promise.all([worker.close(), reader.close()]);
    await fresh.drop();
  };
});
afterAll(() => close());

/** Tells facts and waits until they can be read. */
async function tell(...facts: [type: string, data: Record<string, unknown>][]): Promise<NewEvent[]> {
  const events = facts.map(([type, data]) => fact(type, data));
  const [verdict] = await store.append([{ stream, expected: 'any', events }]);
  await untilVisible(model.worker, stream.tenant, verdict!.status === 'appended' ? verdict!.positions.at(-1)! : '', 10_000);
  return events;
}

function fact(type: string, data: Record<string, unknown>): NewEvent {
  told += 1;
  return { source: 'test', id: `f${told}`, type, version: 1, occurredAt: new Date().toISOString(), actor: { kind: 'system', id: 'test' }, data, bodyHash: String(told) };
}

it('shows whoever waited for a correction the corrected figure, every time', async () => {
  const [registered] = await tell(['customer.registered', { name: 'Before' }]);
  for (let round = 1; round <= 15; round++) {
    await tell(['record.amended', { event: { source: 'test', id: registered!.id }, data: { name: `After ${round}` }, reason: 'mistyped' }]);
    expect((await getCustomer(model, { tenant, customer: 'c1' })).name).toBe(`After ${round}`);
  }
});

it('puts a customer back on today\'s list when the call that took it off is taken back', async () => {
  const listed = async () => (await getToday(model, { tenant, limit: 100 })).items.map(({ id }) => id);
  await tell(
    ['subscription.started', { subscription: 'S1', recurring: { amount: 100_000, currency: 'EUR' }, interval: 'month', seats: 10 }],
    ['subscription.cancellation-requested', { subscription: 'S1' }],
    ['usage.reported', { from: '2026-01-05', to: '2026-01-11', licensed: 10, active: 1, features: ['a'] }],
    ['ticket.opened', { ticket: 'T1' }], ['ticket.escalated', { ticket: 'T1' }], ['ticket.reopened', { ticket: 'T1' }],
    ['invoice.issued', { invoice: 'I1', amount: { amount: 1, currency: 'EUR' }, dueOn: '2026-01-01' }], ['invoice.overdue', { invoice: 'I1' }],
    ['promise.made', { promise: 'P1', dueOn: '2026-01-01' }], ['promise.broken', { promise: 'P1' }],
    ['goal.set', { goal: 'G1', whose: 'customer' }], ['goal.missed', { goal: 'G1' }], ['contact.added', { contact: 'p1', role: 'payer', sponsor: true }],
  );
  expect(await listed()).toEqual(['c1']);
  const [done] = await tell(['task.done', { list: 'today', outcome: 'reached' }]);
  expect(await listed()).toEqual([]);
  await tell(['record.retracted', { events: [{ source: 'test', id: done!.id }], reason: 'wrong customer' }]);
  expect(await listed()).toEqual(['c1']);
});

import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { getTimeline } from '../timeline/get-timeline.js';
import { getToday } from '../today/get-today.js';
import { openReadModel, tenant } from '../testing/open-read-model.js';
import { getCustomer } from './get-customer.js';

const READERS = 16;
const CONNECTIONS = 4;

describe('More people than there are connections, when no key is in memory yet', () => {
  let house: Awaited<ReturnType<typeof openReadModel>>;

  beforeAll(async () => {
    house = await openReadModel({ readers: CONNECTIONS });
    await house.tell('c1',
      ['customer.registered', { name: 'Nordlicht' }],
      ['contact.added', { contact: 'p1', name: await house.sealed('p1', '/name', 'Ines Vogt'), role: 'payer', sponsor: true }],
      ['subscription.started', { subscription: 'S1', recurring: { amount: 100_000, currency: 'EUR' }, interval: 'month', seats: 10 }],
      ['subscription.cancellation-requested', { subscription: 'S1' }],
      ['usage.reported', { from: '2026-01-05', to: '2026-01-11', licensed: 10, active: 1, features: ['a'] }],
      ['ticket.opened', { ticket: 'T1' }], ['ticket.escalated', { ticket: 'T1' }], ['ticket.reopened', { ticket: 'T1' }],
      ['invoice.issued', { invoice: 'I1', amount: { amount: 1, currency: 'EUR' }, dueOn: '2026-01-01' }], ['invoice.overdue', { invoice: 'I1' }],
      ['promise.made', { promise: 'P1', dueOn: '2026-01-01' }], ['promise.broken', { promise: 'P1' }],
      ['goal.set', { goal: 'G1', whose: 'customer' }], ['goal.missed', { goal: 'G1' }]);
  });
  afterAll(() => house.close());

  /** Everybody asks at the same moment, each of a process that has just started. */
  const atOnce = <T>(ask: (model: ReturnType<typeof house.model>) => Promise<T>): Promise<T[]> => Promise.all(Array.from({ length: READERS }, () => ask(house.model())));

  it('all see who the contacts are', async () => {
    const answers = await atOnce((model) => getCustomer(model, { tenant, customer: 'c1' }));
    expect(answers.map(({ contacts }) => contacts.map(({ name }) => name))).toEqual(Array.from({ length: READERS }, () => ['Ines Vogt']));
  }, 20_000);

  it('all see the timeline', async () => {
    const answers = await atOnce((model) => getTimeline(model, { tenant, customer: 'c1' }));
    for (const { touches } of answers) expect(touches.find(({ type }) => type === 'contact.added')!.data).toMatchObject({ name: 'Ines Vogt' });
  }, 20_000);

  it('all see whom to call today', async () => {
    const answers = await atOnce((model) => getToday(model, { tenant }));
    expect(answers.map(({ items }) => items.map(({ contact }) => contact?.name))).toEqual(Array.from({ length: READERS }, () => ['Ines Vogt']));
  }, 20_000);
});

import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { isHeldOut } from '#insight';
import { factOf, tellKnown } from '../testing/known-facts.js';
import { openReadModel, tenant } from '../testing/open-read-model.js';
import { reportExperiment } from './experiments.js';

const lots = { calls: { seed: 7, share: 0.4 }, mails: { seed: 8, share: 0.4 } };
const customers = Array.from({ length: 20 }, (_, place) => `c${place}`);
const treated = customers.filter((customer) => !isHeldOut(customer, lots.calls));
const heldOut = customers.filter((customer) => isHeldOut(customer, lots.calls));

let house: Awaited<ReturnType<typeof openReadModel>>;
beforeAll(async () => {
  house = await openReadModel();
  await tellKnown(house, 'experiment', Object.entries(lots).map(([id, lot]) => factOf(id, 'experiment.started', {
    experiment: id, on: '2026-01-10', ...lot, monthlyRate: 0.02, effect: 0.5, accounts: 20, accountMonths: 100, months: 5 }, '2026-01-10')));
  await tellKnown(house, 'customer', customers.map((customer) => factOf(customer, 'subscription.started', { subscription: `S-${customer}`, recurring: { amount: 100_000, currency: 'EUR' }, interval: 'month' }, '2025-03-01')));
});
afterAll(() => house.close());

it('counts as reached whom an intervention of this experiment reached, not one of another nor of none', async () => {
  const called = (customer: string, data: object) => factOf(customer, 'customer.intervention-recorded', { intervention: `I-${customer}`, kind: 'call', ...data }, '2026-01-20');
  const [mine, also, other, plain] = treated;
  await tellKnown(house, 'customer', [
    ...[mine, also, heldOut[0]].map((customer) => called(customer!, { experiment: 'calls' })), ...[other, also, heldOut[1], heldOut[2]].map((customer) => called(customer!, { experiment: 'mails' })), called(plain!, {}),
  ]);
  const report = (id: string) => reportExperiment({ reader: house.reader, now: () => new Date('2026-03-01T12:00:00Z') }, { tenant, id }, new AbortController().signal);
  expect(await report('calls')).toMatchObject({ treated: { customers: treated.length, reached: 2 }, heldOut: { customers: heldOut.length, reached: 1 } });
  const mails = await report('mails');
  expect(mails.treated.reached + mails.heldOut.reached).toBe(4);
});

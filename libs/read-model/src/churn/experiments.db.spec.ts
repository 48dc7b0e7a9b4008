import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { isHeldOut } from '#insight';
import { factOf, tellKnown } from '../testing/known-facts.js';
import { openReadModel, tenant } from '../testing/open-read-model.js';
import { heldOutNow, reportExperiment } from './experiments.js';
import { getChurnRisk } from './get-churn-risk.js';

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

const report = (id: string) => reportExperiment({ reader: house.reader, now: () => new Date('2026-03-01T12:00:00Z') }, { tenant, id }, new AbortController().signal);

it('says who is held out of what runs, of one segment only where it is about one, and nobody once it has ended', async () => {
  const asked = () => house.reader.inTenant(tenant, (sql) => heldOutNow(sql, tenant));
  const before = await asked();
  expect(heldOut.map((customer) => before(customer, null))).toEqual(heldOut.map(() => 'calls'));
  expect(treated.filter((customer) => !isHeldOut(customer, lots.mails)).map((customer) => before(customer, null)).every((one) => one === null)).toBe(true);
  await tellKnown(house, 'experiment', [factOf('small', 'experiment.started', { experiment: 'small', on: '2026-01-10', seed: 9, share: 0.9, segment: 'small', monthlyRate: 0.02, effect: 0.5, accounts: 20, accountMonths: 100, months: 5 }, '2026-01-11')]);
  const [neither] = treated.filter((customer) => !isHeldOut(customer, lots.mails) && isHeldOut(customer, { seed: 9, share: 0.9 }));
  expect([(await asked())(neither!, 'small'), (await asked())(neither!, 'large')]).toEqual(['small', null]);
  const [first] = await house.store.readStream({ tenant, category: 'customer', id: heldOut[0]! });
  await house.visible(first!.position);
  expect((await getChurnRisk(house.model(), { tenant, customer: heldOut[0]! })).heldOut).toBe('calls');
  await tellKnown(house, 'experiment', [factOf('small', 'experiment.ended', { experiment: 'small', on: '2026-02-01' }, '2026-02-01')]);
  expect((await asked())(neither!, 'small')).toBeNull();
});

it('counts as reached whom an intervention of this experiment reached, not one of another nor of none', async () => {
  const called = (customer: string, data: object) => factOf(customer, 'customer.intervention-recorded', { intervention: `I-${customer}`, kind: 'call', ...data }, '2026-01-20');
  const [mine, also, other, plain] = treated;
  await tellKnown(house, 'customer', [
    ...[mine, also, heldOut[0]].map((customer) => called(customer!, { experiment: 'calls' })), ...[other, also, heldOut[1], heldOut[2]].map((customer) => called(customer!, { experiment: 'mails' })), called(plain!, {}),
  ]);
  expect(await report('calls')).toMatchObject({ treated: { customers: treated.length, reached: 2 }, heldOut: { customers: heldOut.length, reached: 1 } });
  const mails = await report('mails');
  expect(mails.treated.reached + mails.heldOut.reached).toBe(4);
});

it('counts as reached, too, who was called from the list of today while it ran, held out or not', async () => {
  const call = (customer: string, on: string, outcome = 'reached') => factOf(customer, 'task.done', { list: 'today', outcome }, on);
  const [one, two, three] = treated.slice(-3);
  await tellKnown(house, 'customer', [call(one!, '2026-01-20'), call(two!, '2025-12-20'), call(three!, '2026-01-20', 'no-answer'), call(heldOut.at(-1)!, '2026-01-20')]);
  expect(await report('calls')).toMatchObject({ treated: { reached: 3 }, heldOut: { reached: 2 } });
});

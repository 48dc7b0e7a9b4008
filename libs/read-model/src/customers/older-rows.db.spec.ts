import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { progressOf } from '#event-store';
import { listAnswers } from '../answers/list-answers.js';
import { listFeedback } from '../feedback/list-feedback.js';
import { getHealth } from '../health/get-health.js';
import { getPortfolio } from '../portfolio/get-portfolio.js';
import { listRecoveries } from '../recoveries/list-recoveries.js';
import { summarizeRecoveries } from '../recoveries/summarize-recoveries.js';
import { openReadModel, tenant, TROUBLE } from '../testing/open-read-model.js';
import { getToday } from '../today/get-today.js';
import { getCustomer } from './get-customer.js';
import { listCustomers, listCustomersAsJson, type ListCustomersOptions } from './list-customers.js';

let house: Awaited<ReturnType<typeof openReadModel>>;
beforeAll(async () => { house = await openReadModel(); });
afterAll(() => house.close());

const live = async () => (await progressOf(house.worker)).find((each) => each.name === 'customers' && each.live)!;

/** What people are told, by every way to a row; two pages of the list, as the second is read in another way. */
async function answers(): Promise<unknown> {
  const now = new Date();
  const model = { ...house.model(), now: () => now };
  const list = async (asked: Partial<ListCustomersOptions>) => {
    const page = await listCustomers(model, { tenant, limit: 2, ...asked });
    expect(JSON.parse(await listCustomersAsJson(model, { tenant, limit: 2, ...asked }))).toEqual(page);
    return page;
  };
  const first = await list({ sort: 'score' });
  const one = { tenant, customer: 'worried' };
  const [{ asOf: _, knownAt: __, ...health }, today] = [await getHealth(model, one), await getToday(model, { tenant })];
  return {
    first: first.customers, second: (await list({ cursor: first.next! })).customers,
    today: today.items.map(({ customer }) => customer), customer: await getCustomer(model, one), health, portfolio: { ...await getPortfolio(model, { tenant }), arrAtRisk: undefined, overridden: undefined },
    beside: [await listAnswers(model, { tenant, state: 'all' }), await listFeedback(model, { tenant, step: 'all' }), await listRecoveries(model, { tenant, state: 'all' }), await summarizeRecoveries(model, { tenant })].map((answer) => ({ ...answer, now: null })),
  };
}

it('Rows of the release before, which lack what lists show, give the same answers as rows of this one, from the deploy until these are read', async () => {
  await house.tell('worried', ['customer.registered', { name: 'Worried', segment: 'mid-market' }], ['contact.added', { contact: 'ben', role: 'payer', sponsor: true }], ...TROUBLE);
  await house.tell('merged', ['customer.registered', { name: 'Merged' }], ['customer.merged', { into: 'worried' }]);
  await house.tell('new', ['ticket.opened', { ticket: 'T1' }]);
  await house.tell('gone', ['customer.registered', { name: 'Gone' }], ['subscription.started', { subscription: 'S1', recurring: { amount: 5, currency: 'EUR' }, interval: 'month' }]);
  const right = await answers();
  expect(right).toMatchObject({ first: [{ id: 'worried', name: 'Worried', band: 'at-risk', say: expect.any(Array) as unknown }, {}], second: [{}], today: [{ id: 'worried' }] });

  await house.deploy(async () => {
    await house.worker.transaction((sql) => sql.query(`
      alter table touchline_read.customer_1 drop column risk, drop column arr_at_risk, drop column churn_model, drop column cards, drop column divergence; drop table touchline_read.customer_told_1;
      update touchline_read.customer_1 set summary = summary - 'standing' - 'risk' - 'arrAtRisk' - 'computed' - 'override' - 'perspectives'; update projection_generation set version = 'before' where name = 'customers'`));
    expect(await answers()).toEqual(right);
    expect(await getPortfolio(house.model(), { tenant })).toMatchObject({ arrAtRisk: null, overridden: null });
  });
  let asked = 0;
  for (let generation = 1; generation === 1; asked += 1) {
    ({ generation } = await live());
    expect(await answers()).toEqual(right);
  }
  expect(asked).toBeGreaterThan(1);
  expect(await live()).toMatchObject({ generation: 2 });
  expect((await getPortfolio(house.model(), { tenant })).arrAtRisk).toMatchObject([{ currency: 'EUR' }]);
}, 60_000);

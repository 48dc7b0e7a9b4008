import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { getPortfolio } from '../portfolio/get-portfolio.js';
import { openReadModel, tenant } from '../testing/open-read-model.js';
import { getTimeline } from '../timeline/get-timeline.js';
import { getToday } from '../today/get-today.js';
import { getCustomer } from './get-customer.js';
import { listCustomers } from './list-customers.js';

const owner = 'mara';
const money = { amount: 100_000, currency: 'EUR' };

describe('Customers of whom nothing stands, and customers who ended', () => {
  let house: Awaited<ReturnType<typeof openReadModel>>;
  const listed = async (more = {}) => (await listCustomers(house.model(), { tenant, ...more })).customers.map(({ id }) => id);

  beforeAll(async () => {
    house = await openReadModel();
    await house.tell('stays', ['customer.registered', { name: 'Stays', owner }], ['subscription.started', { subscription: 's', recurring: money, interval: 'month' }]);
    await house.tell('ended', ['customer.registered', { name: 'Ended', owner }], ['subscription.started', { subscription: 'e', recurring: money, interval: 'month' }], ['subscription.ended', { subscription: 'e', reason: 'voluntary' }]);
    await house.tell('ghost', ['customer.alias-added', { system: 'crm', id: 'G' }], ['ticket.opened', { ticket: 'T' }]);
  });
  afterAll(() => house.close());

  it('a customer with one fact is counted as not registered yet', async () => {
    expect(await getPortfolio(house.model(), { tenant })).toMatchObject({ customers: 3, ended: 1, unclaimed: 1 });
    expect(await listed()).toEqual(['ghost', 'stays']);
  });

  it('when that fact is taken back, nothing counts or lists the customer, and its page says why', async () => {
    const touches = (await getTimeline(house.model(), { tenant, customer: 'ghost' })).touches;
    const { source, id } = touches.find(({ type }) => type === 'ticket.opened')!;
    await house.tell('ghost', ['record.retracted', { events: [{ source, id }], reason: 'only trying' }], ['customer.alias-removed', { system: 'crm', id: 'G' }]);
    const portfolio = await getPortfolio(house.model(), { tenant });
    expect(portfolio).toMatchObject({ customers: 2, ended: 1, unclaimed: 0 });
    expect(portfolio.bands.reduce((sum, band) => sum + band.customers, 0) + portfolio.ended).toBe(portfolio.customers);
    expect([await listed(), await listed({ status: 'all' }), await listed({ claimed: false })]).toEqual([['stays'], ['ended', 'stays'], []]);
    expect((await getToday(house.model(), { tenant })).cannotTell).toBe(1);
    expect((await getCustomer(house.model(), { tenant, customer: 'ghost' })).status).toBe('retracted');
    expect((await getTimeline(house.model(), { tenant, customer: 'ghost' })).touches.map(({ words }) => words)).toContainEqual(expect.stringMatching(/^“a ticket was opened” of .* was taken back by test: only trying$/));
  });

  it('and it is back with the next fact', async () => {
    await house.tell('ghost', ['ticket.opened', { ticket: 'T2' }]);
    expect(await listed()).toEqual(['ghost', 'stays']);
  });

  it('lists leave out who ended unless they are asked for', async () => {
    expect([await listed({ status: 'ended' }), await listed({ band: 'unknown', status: 'active' })]).toEqual([['ended'], ['ghost', 'stays']]);
  });

  it('a customer who gave notice shows the cancellation in place of the renewal', async () => {
    await house.tell('stays', ['subscription.terms-set', { subscription: 's', renewsOn: '2099-02-27', noticeDays: 60 }], ['subscription.cancellation-requested', { subscription: 's', effectiveOn: '2099-02-27' }]);
    const today = new Date().toISOString().slice(0, 10);
    expect(await getCustomer(house.model(), { tenant, customer: 'stays' })).toMatchObject({
      renewalOn: null, noticeOn: null, cancellation: { requestedOn: expect.stringMatching(today.slice(0, 7)), effectiveOn: '2099-02-27' }, subscriptions: [{ renewsOn: null, noticeOn: null, cancellation: { effectiveOn: '2099-02-27' } }] });
    await house.tell('stays', ['subscription.cancellation-withdrawn', { subscription: 's' }]);
    expect(await getCustomer(house.model(), { tenant, customer: 'stays' })).toMatchObject({ renewalOn: '2099-02-27', noticeOn: '2098-12-29', cancellation: null });
  });
});

import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { getHealthDifference } from '../health/get-difference.js';
import { getHealthStory } from '../health/get-health-story.js';
import { getHealth } from '../health/get-health.js';
import { getHealthHistory } from '../health/get-history.js';
import { getPortfolio } from '../portfolio/get-portfolio.js';
import { replayCustomer } from '../projections/parked.js';
import { projections } from '../projections/projections.js';
import { openReadModel, tenant, TROUBLE } from '../testing/open-read-model.js';
import { getTimeline } from '../timeline/get-timeline.js';
import { getToday } from '../today/get-today.js';
import { getCustomer } from './get-customer.js';
import { listCustomers } from './list-customers.js';

let house: Awaited<ReturnType<typeof openReadModel>>;
beforeAll(async () => { house = await openReadModel(); });
afterAll(() => house.close());

const of = (customer: string, more = {}) => ({ tenant, customer, ...more });
const listed = async () => (await listCustomers(house.model(), { tenant, status: 'all' })).customers.map(({ id }) => id);
/** A moment that lies between what was told and what will be. */
const moment = async () => {
  await new Promise((wake) => { setTimeout(wake, 15); });
  const now = new Date().toISOString();
  await new Promise((wake) => { setTimeout(wake, 15); });
  return now;
};
/** Everything that is answered about a customer as it was known at a moment, but for how far the log has come since. */
const answers = async (customer: string, knownAt: string) => {
  const all = [
    await getHealth(house.model(), of(customer, { asOf: knownAt, knownAt })), await getHealthHistory(house.model(), of(customer, { knownAt })), await getHealthDifference(house.model(), of(customer, { to: knownAt, knownAt })),
    ...Object.values(await getHealthStory(house.model(), { tenant, customer, asOf: knownAt, knownAt, days: 30, movedDays: 30 })),
  ];
  return all.map(({ position: _, ...answer }) => answer);
};
const complaint = (ticket: string) => ['ticket.opened', { ticket, priority: 'urgent' }] as [string, Record<string, unknown>];

describe('Merged customers', () => {
  it('are answered as one while they are merged, as two before and after, and as it was known at any moment', async () => {
    await house.tell('b', ['customer.registered', { name: 'Blue', owner: 'bea' }], ['customer.alias-added', { system: 'crm', id: 'B' }], ['contact.added', { contact: 'ben', role: 'payer' }], complaint('T-b'));
    await house.tell('a', ['customer.registered', { name: 'Azure', owner: 'ada', segment: 'small' }], ['customer.alias-added', { system: 'crm', id: 'A' }], ['contact.added', { contact: 'ann', role: 'user' }], complaint('T-a'));
    await house.tell('child', ['customer.registered', { name: 'Child' }], ['customer.parent-changed', { parent: 'a' }]);
    const apart = await moment();
    const before = { a: await answers('a', apart), b: await answers('b', apart) };
    const [asked, , , shown] = before.a;
    expect([asked, shown]).toMatchObject(Array(2).fill({ customer: 'a', askedAs: null, name: 'Azure' }));

    await house.tell('a', ['customer.merged', { into: 'b' }]);
    await house.tell('a', complaint('T-a2'));
    const together = await moment();
    expect(await getCustomer(house.model(), of('a'))).toMatchObject({
      id: 'b', askedAs: 'a', mergedFrom: ['a'], name: 'Blue', owner: 'bea', segment: 'small', children: ['child'], aliases: [{ id: 'B' }, { id: 'A' }], contacts: [{ id: 'ann' }, { id: 'ben' }],
    });
    expect(await getCustomer(house.model(), of('b'))).toMatchObject({ id: 'b', askedAs: null });
    expect(await getCustomer(house.model(), of('child'))).toMatchObject({ parent: 'b' });
    expect(await listed()).toEqual(['b', 'child']);
    expect(await getPortfolio(house.model(), { tenant })).toMatchObject({ customers: 2 });
    expect((await getToday(house.model(), { tenant, limit: 100 })).cannotTell).toBe(2);
    const story = await getTimeline(house.model(), of('a'));
    expect(story).toMatchObject({ customer: 'b', askedAs: 'a' });
    expect(story.touches.filter(({ type }) => type === 'ticket.opened').map(({ data }) => data['ticket'])).toEqual(['T-a2', 'T-a', 'T-b']);
    const now = await getHealth(house.model(), of('a'));
    expect(now).toMatchObject({ customer: 'b', askedAs: 'a', name: 'Blue' });
    expect(await getHealth(house.model(), of('a', { knownAt: together }))).toMatchObject({ name: 'Blue' });
    expect((await getHealth(house.model(), of('a', { knownAt: together }))).measures).toEqual(now.measures);
    expect(await answers('a', apart)).toEqual(before.a);
    expect(await answers('b', apart)).toEqual(before.b);
    const during = { a: await answers('a', together), b: await answers('b', together) };
    expect(during.a.map(({ customer, askedAs }) => [customer, askedAs])).toEqual(during.a.map(() => ['b', 'a']));

    await house.tell('a', ['customer.unmerged', {}]);
    expect(await getCustomer(house.model(), of('a'))).toMatchObject({ id: 'a', askedAs: null, name: 'Azure', aliases: [{ id: 'A' }], contacts: [{ id: 'ann' }], children: ['child'] });
    expect(await getCustomer(house.model(), of('b'))).toMatchObject({ id: 'b', name: 'Blue', owner: 'bea', segment: null, mergedFrom: [], aliases: [{ id: 'B' }], contacts: [{ id: 'ben' }], children: [] });
    // What came while it was merged is its own, too.
    expect((await getTimeline(house.model(), of('a', { family: 'ticket' }))).touches.map(({ data }) => data['ticket'])).toEqual(['T-a2', 'T-a']);
    expect(await listed()).toEqual(['a', 'b', 'child']);
    expect([await answers('a', apart), await answers('a', together), await answers('b', together)]).toEqual([before.a, during.a, during.b]);
    expect((await getHealth(house.model(), of('a', { knownAt: await moment() })))).toMatchObject({ customer: 'a', askedAs: null });
  }, 30_000);

  it('may stand for others without a fact of their own, over a chain, and leave no row behind', async () => {
    await house.tell('c', ['customer.registered', { name: 'Cyan' }]);
    await house.tell('c', ['customer.merged', { into: 'nobody-yet' }]);
    await house.tell('nobody-yet-either', ['customer.registered', { name: 'Dun' }], ['customer.merged', { into: 'c' }]);
    expect(await getCustomer(house.model(), of('nobody-yet-either'))).toMatchObject({ id: 'nobody-yet', mergedFrom: ['c', 'nobody-yet-either'] });
    expect(await replayCustomer(house.model(), of('nobody-yet'))).toMatchObject({ freed: projections().length });
    await house.tell('c', ['customer.unmerged', {}]);
    expect(await getCustomer(house.model(), of('nobody-yet-either'))).toMatchObject({ id: 'c', mergedFrom: ['nobody-yet-either'] });
    await expect(getCustomer(house.model(), of('nobody-yet'))).rejects.toMatchObject({ code: 'customer-unknown' });
  });

  it('keep the name of the one that stays, whatever is said of the other afterwards, and borrow only where it has none', async () => {
    await house.tell('stays', ['customer.owner-assigned', { owner: 'olga' }]);
    await house.tell('goes', ['customer.registered', { name: 'Goes', owner: 'gina', industry: 'paper' }]);
    await house.tell('goes', ['customer.closed', {}], ['customer.merged', { into: 'stays' }]);
    expect(await getCustomer(house.model(), of('stays'))).toMatchObject({ name: 'Goes', owner: 'olga', industry: 'paper', claimed: true });
    await house.tell('stays', ['customer.registered', { name: 'Stays' }]);
    await house.tell('goes', ['customer.profile-changed', { name: 'Goes again', industry: 'board' }], ['customer.owner-assigned', { owner: 'gina' }]);
    expect(await getCustomer(house.model(), of('stays'))).toMatchObject({ name: 'Stays', owner: 'olga', industry: 'board', status: 'prospect' });
    const { name } = await getHealth(house.model(), of('stays', { knownAt: await moment() }));
    expect(name).toBe('Stays');
    await replayCustomer(house.model(), of('stays'));
    expect(await getCustomer(house.model(), of('goes'))).toMatchObject({ name: 'Stays', owner: 'olga', industry: 'board', status: 'prospect' });
    await house.tell('goes', ['customer.unmerged', {}]);
    expect(await getCustomer(house.model(), of('goes'))).toMatchObject({ name: 'Goes again', owner: 'gina', status: 'ended' });
    expect(await getCustomer(house.model(), of('stays'))).toMatchObject({ name: 'Stays', owner: 'olga', industry: null });
  });

  it('belong to nobody when they have become one with their parent', async () => {
    await house.tell('part', ['customer.registered', { name: 'Part' }], ['customer.parent-changed', { parent: 'whole' }]);
    await house.tell('whole', ['customer.registered', { name: 'Whole' }]);
    await house.tell('part', ['customer.merged', { into: 'whole' }]);
    expect(await getCustomer(house.model(), of('part'))).toMatchObject({ id: 'whole', parent: null, children: [] });
  });

  it('rest together: who was called under one name is not on today\'s list under the other', async () => {
    const ask = async () => (await getToday(house.model(), { tenant, limit: 100 })).items.map(({ id }) => id);
    await house.tell('called', ['customer.registered', { name: 'Called' }], ['task.done', { list: 'today', outcome: 'spoke' }]);
    await house.tell('worried', ['customer.registered', { name: 'Worried' }], ['contact.added', { contact: 'ben', role: 'payer', sponsor: true }], ...TROUBLE);
    expect(await ask()).toEqual(['worried']);
    await house.tell('called', ['customer.merged', { into: 'worried' }]);
    expect(await ask()).toEqual([]);
    await house.tell('called', ['customer.unmerged', {}]);
    expect(await ask()).toEqual(['worried']);
  });
});

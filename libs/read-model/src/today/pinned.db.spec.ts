import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { getHealth } from '../health/get-health.js';
import { openReadModel, tenant, TROUBLE } from '../testing/open-read-model.js';
import { untilVisible } from '../visible.js';
import { getToday } from './get-today.js';

let house: Awaited<ReturnType<typeof openReadModel>>;
beforeAll(async () => { house = await openReadModel(); });
afterAll(() => house.close());

let told = 0;
const dateOf = (daysAgo: number) => new Date(Date.now() - daysAgo * 86_400_000).toISOString();
const pin = (daysAgo: number | null) => house.worker.transaction((sql) => sql.query('update tenant set pinned_day = $2 where id = $1', [tenant, daysAgo === null ? null : dateOf(daysAgo).slice(0, 10)]));
/** Facts that were known when they happened. */
async function tell(customer: string, daysAgo: number, ...facts: readonly [string, Record<string, unknown>][]): Promise<void> {
  const events = facts.map(([type, data]) => {
    told += 1;
    return { source: 'test', id: `p${told}`, type, version: 1, occurredAt: dateOf(daysAgo), observedAt: dateOf(daysAgo), actor: { kind: 'person' as const, id: 'mara' }, data, bodyHash: String(told) };
  });
  const [verdict] = await house.store.append([{ stream: { tenant, category: 'customer', id: customer }, expected: 'any', events }]);
  if (verdict!.status !== 'appended') throw new Error(verdict!.status);
  await untilVisible(house.worker, tenant, verdict!.positions.at(-1)!, 10_000);
}
const known = (name: string): [string, Record<string, unknown>][] => [['customer.registered', { name, owner: 'olga' }], ['contact.added', { contact: 'ann', role: 'payer', sponsor: true }]];
const today = (more = {}) => getToday(house.model(), { tenant, limit: 100, ...more });

describe('The list of a pinned day', () => {
  it('knows nothing later than that day: not who is on it, not what is said, not what is at stake', async () => {
    await tell('then', 40, ...known('Then'), ...TROUBLE);
    await tell('then', 10, ['ticket.reopened', { ticket: 'T1', reason: 'Later words' }], ['promise.made', { promise: 'P9', what: 'Later promise', dueOn: dateOf(5).slice(0, 10) }], ['customer.profile-changed', { name: 'Later name' }]);
    await tell('later', 40, ...known('Later'));
    await tell('later', 10, ...TROUBLE);
    await tell('gone', 40, ...known('Gone'), ...TROUBLE);
    await tell('gone', 10, ['customer.closed', {}], ['subscription.ended', { subscription: 'S1' }]);
    const words = JSON.stringify(await today());
    expect(words).toMatch(/Later words|Later promise/);
    expect((await today()).items.map(({ id }) => id).sort()).toEqual(['later', 'then']);

    await pin(20);
    const pinned = await today();
    expect(pinned.today.pinned).toBe(true);
    expect(pinned.items.map(({ id }) => id).sort()).toEqual(['gone', 'then']);
    const [then] = pinned.items.filter(({ id }) => id === 'then');
    expect(JSON.stringify(pinned)).not.toMatch(/Later/);
    expect(then!.customer).toMatchObject({ name: 'Then', asOf: dateOf(20).slice(0, 10), score: (await getHealth(house.model(), { tenant, customer: 'then' })).score });
    for (const date of JSON.stringify(pinned.items).match(/\d{4}-\d\d-\d\d/g) ?? []) expect(date <= dateOf(20).slice(0, 10) || date > dateOf(0)).toBe(true);
    expect(pinned.cannotTell).toBe(1);
    expect((await today({ owner: 'nobody' })).items).toEqual([]);
    expect(await today({ limit: 1 })).toMatchObject({ items: [{}], more: 1 });
  }, 30_000);

  it('lets rest who was called up to that day, or on it from the list, but not who was called later', async () => {
    await pin(20);
    await tell('then', 5, ['task.done', { list: 'today', outcome: 'reached' }]);
    expect((await today()).items.map(({ id }) => id)).toContain('then');
    await tell('then', 22, ['task.done', { list: 'today', outcome: 'reached' }]);
    expect((await today()).items.map(({ id }) => id)).not.toContain('then');
    await pin(null);
    expect(await today()).toMatchObject({ today: { pinned: false }, more: 0 });
  });
});

import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { startApi, type TestApi } from '../testing/start-api.js';

let api: TestApi;
let [rike, admin, other, feed]: string[] = [];
let n = 0;
const paid = (amount: number, currency = 'EUR') => ({ recurring: { amount, currency }, interval: 'year' });

beforeAll(async () => {
  api = await startApi();
  [rike, admin, other, feed] = [await api.key('executive', 'acme', 'rike'), await api.key('admin'), await api.key('executive', 'globex'), await api.key('subscriber')];
  await tell(['north', 'customer.registered', '2024-01-02', { name: 'Nordlicht & <Söhne>', segment: 'small', owner: 'mara' }], ['south', 'customer.registered', '2024-01-02', { name: 'Südwind', segment: 'large' }],
    ['north', 'subscription.started', '2024-01-02', { subscription: 'S-1', product: 'Desk', ...paid(100_000), renewsOn: '2024-08-15', noticeDays: 30 }], ['north', 'subscription.changed', '2024-08-01', { subscription: 'S-1', recurring: { amount: 150_000, currency: 'EUR' } }],
    ['north', 'renewal.renewed', '2024-08-20', { renewal: 'R-1', subscription: 'S-1', renewsOn: '2025-08-15' }],
    ['south', 'subscription.started', '2024-01-02', { subscription: 'S-2', product: 'Net', ...paid(200_000) }], ['south', 'subscription.cancellation-requested', '2024-06-01', { subscription: 'S-2' }], ['south', 'subscription.ended', '2024-09-01', { subscription: 'S-2', reason: 'voluntary' }],
    ['west', 'sale.won', '2024-07-09', { opportunity: 'O-1', channel: 'referral' }], ['west', 'subscription.started', '2024-07-10', { subscription: 'S-3', product: 'Desk', ...paid(50_000) }],
    ['swiss', 'subscription.started', '2024-01-02', { subscription: 'S-4', ...paid(70_000, 'CHF') }]);
}, 60_000);
afterAll(() => api.stop());

const ask = async (path: string, { key = rike, method = 'GET', body }: { key?: string; method?: string; body?: unknown } = {}) => {
  const response = await api.call(key!, method, path, body);
  const text = await response.text();
  return { status: response.status, body: (text.startsWith('{') ? JSON.parse(text) : text) as any };
};
const latest = async (path: string, key = rike) => (await ask(`${path}${path.includes('?') ? '&' : '?'}minPosition=${await api.connections.store.head()}`, { key })).body;
const tell = async (...facts: [customer: string, type: string, day: string, data: object][]) => {
  const { body } = await ask('/v1/events', { key: admin, method: 'POST', body: facts.map(([customer, type, day, data]) => ({ id: `e-${++n}`, source: 'crm', type, customer, time: `${day}T12:00:00Z`, data })) });
  expect(body.results.filter(({ status }: { status: string }) => status !== 'appended')).toEqual([]);
};
const Q3 = '/v1/revenue?period=2024-Q3';

describe('Recurring revenue', () => {
  it('is told as a waterfall with every ratio, by groups, with what is not in it', async () => {
    const answer = await latest(`${Q3}&by=segment`);
    expect(answer).toMatchObject({ from: '2024-07-01', to: '2024-09-30', currency: 'EUR', policy: { name: 'usual', reactivation: 'separate', multiYear: 'annualised' }, changes: [], byOwnPolicy: null,
      coverage: { customers: 4, held: 0, unconverted: [{ currency: 'CHF', customers: 1, start: 70_000, end: 70_000 }], missing: 'no rate of CHF is known; needs PUT /v1/revenue/settings/rates' } });
    expect(answer.figures).toMatchObject({
      waterfall: { start: 300_000, new: 50_000, expansion: 50_000, contraction: 0, churn: 200_000, reactivation: 0, end: 200_000 }, nrr: { value: 0.5, n: 2 }, grr: { value: 0.333333 }, logoChurn: { value: 0.5 },
      grossRenewalRate: { value: 1, of: 150_000, over: 150_000, n: 1 }, earnedGrowth: { value: -0.333333, earnedNew: 50_000 },
    });
    expect(answer.groups.map(({ key, figures }: any) => [key, figures.waterfall.start, figures.nrr.value])).toEqual([['small', 100_000, 1.5], [null, 0, null], ['large', 200_000, 0]]);
    const products = (await latest(`${Q3}&by=product`)).groups;
    expect(products.map(({ key, figures }: any) => [key, figures.waterfall.start, figures.waterfall.end])).toEqual([['Desk', 100_000, 200_000], ['Net', 200_000, 0]]);
    expect((await latest(`${Q3}&segment=small`)).figures.waterfall.start).toBe(100_000);
  });

  it('opens into customers and their facts, page by page', async () => {
    const churn = await latest('/v1/revenue/customers?period=2024-Q3&movement=churn');
    expect(churn).toMatchObject({ customers: 1, amount: 200_000, next: null, lines: [{ customer: { id: 'south', name: 'Südwind', segment: 'large' }, amount: 200_000, reason: 'voluntary', movements: [{ kind: 'churn', before: 200_000, after: 0, events: [{ source: 'crm', id: 'e-8', type: 'subscription.ended' }] }] }] });
    const first = await latest('/v1/revenue/customers?period=2024-Q3&movement=end&limit=1');
    expect([first.customers, first.lines[0].customer.id, (await latest(`/v1/revenue/customers?period=2024-Q3&movement=end&limit=1&cursor=${first.next}`)).lines[0].customer.id]).toEqual([2, 'north', 'west']);
    expect(await latest('/v1/customers/north/revenue?asOf=2024-09-30')).toMatchObject({ name: 'Nordlicht & <Söhne>', arr: 150_000, movements: [{ kind: 'new' }, { kind: 'expansion', amount: 50_000 }], renewals: [{ dueOn: '2024-08-15', outcome: 'renewed' }, { dueOn: '2025-08-15', outcome: 'open' }], terminable: [{ endsOn: '2025-08-15', days: 319, because: 'term' }] });
    expect(await latest('/v1/customers/swiss/revenue')).toMatchObject({ currency: 'CHF', arr: 70_000 });
  });

  it('sets budgets that are cut beside what can be ended soon', async () => {
    const lacks = { customers: null, arr: null, terminable: null, missing: 'nobody said anything of a budget; needs budget.changed' };
    expect((await latest(`${Q3}&asOf=2024-07-20`)).exposure.budgetCuts).toEqual(lacks);
    await tell(['north', 'budget.changed', '2024-07-18', { direction: 'cut', product: 'Desk', share: 0.2, effectiveOn: '2025-01-01' }], ['west', 'budget.changed', '2024-07-18', { direction: 'raised' }]);
    // North pays 1,000.00 a year for Desk, and its term ends on 15 August.
    expect((await latest('/v1/revenue?period=2024-Q3&asOf=2024-07-18')).exposure).toMatchObject({ budgetCuts: { customers: 1, arr: 100_000, terminable: 100_000, missing: null } });
    const page = await latest('/v1/revenue/customers?period=2024-Q3&asOf=2024-07-18&movement=budget-cut');
    expect(page).toMatchObject({ customers: 1, amount: 100_000, lines: [{ customer: { id: 'north' }, terminable: [{ subscription: 'S-1', endsOn: '2024-08-15' }], cuts: [{ product: 'Desk', share: 0.2, effectiveOn: '2025-01-01', event: { source: 'crm', type: 'budget.changed' } }] }] });
    expect((await latest('/v1/revenue?period=2024-Q3&asOf=2024-07-17')).exposure.budgetCuts).toEqual(lacks);
    expect((await ask('/revenue/customers?period=2024-Q3&asOf=2024-07-18&movement=budget-cut')).body).toMatch(/Budget for Desk cut by 20\.0 % from .*budget\.changed crm\//);
    expect((await ask('/revenue?period=2024-Q3&asOf=2024-07-18')).body).toMatch(/1 customer<\/a> said within a year that the budget is cut/);
  });

  it('can be counted otherwise, and says what is other; a policy and rates that are decided stay with the figures', async () => {
    const otherwise = await latest(`${Q3}&churnAt=notice`);
    expect(otherwise).toMatchObject({ policy: { name: 'usual, otherwise in churnAt', churnAt: 'notice' }, changes: [{ setting: 'churnAt', was: 'end', is: 'notice', say: 'churnAt: end → notice' }], figures: { waterfall: { start: 100_000, churn: 0 } }, byOwnPolicy: { waterfall: { churn: 200_000 } } });
    const put = (path: string, body: object, key = admin) => ask(`/v1/revenue/settings/${path}`, { key: key!, method: 'PUT', body });
    expect((await put('policy', { name: 'board', churnAt: 'notice', reason: 'As the board has it' })).status).toBe(200);
    expect((await put('rates', { currency: 'EUR', on: '2024-01-01', rates: [{ currency: 'CHF', rate: 1.1 }] })).status).toBe(200);
    expect((await put('rates', { currency: 'EUR', on: '2024-08-01', rates: [{ currency: 'CHF', rate: 2 }] })).status).toBe(200);
    const decided = await latest(Q3);
    // 700.00 CHF are 770.00 EUR at the rate of the day on which the quarter begins, at both its ends.
    expect(decided).toMatchObject({ policy: { name: 'board' }, rates: { event: { source: 'touchline:exchangerates', on: '2024-01-01' } }, coverage: { unconverted: [], missing: null }, figures: { waterfall: { start: 177_000, churn: 0, end: 277_000 } } });
    expect((await latest(`${Q3}&policy=usual`)).changes).toMatchObject([{ setting: 'churnAt', is: 'end' }]);
    expect((await ask('/v1/revenue/settings')).body).toMatchObject({ policy: { name: 'board', graceDays: 30 }, decided: { reason: 'As the board has it' }, rates: [{ on: '2024-01-01' }, { on: '2024-08-01', rates: { CHF: 2 } }] });
    expect((await put('policy', { name: 'mine' }, rike)).status).toBe(403);
    expect((await put('rates', { currency: 'EUR', on: '2024-01-01', rates: [{ currency: 'EUR', rate: 1 }] })).body).toMatchObject({ code: 'invalid-body', errors: [{ pointer: expect.stringContaining('/rates/0/currency') }] });
  });

  it('refuses what cannot be, naming the field, and shows no other tenant anything', async () => {
    for (const [query, pointer] of [['period=2024-Q7', 'period'], ['period=2024&from=2024-01-01', 'period'], ['from=2024-02-31', 'from'], ['graceDays=-1', 'graceDays'], ['by=moon', 'by'], ['asOf=2999-01-01', 'asOf']] as const) {
      const { status, body } = await ask(`/v1/revenue?${query}`);
      expect([status, JSON.stringify(body)]).toEqual([400, expect.stringContaining(pointer)]);
    }
    expect((await ask('/v1/revenue/customers?movement=gone')).status).toBe(400);
    expect((await ask(Q3, { key: feed! })).status).toBe(403);
    expect((await ask('/v1/customers/nobody/revenue')).status).toBe(404);
    const needs = 'no customer has a subscription; needs subscription.started';
    const nothing = { waterfall: null, logos: null, renewals: null, missing: { arr: needs, renewals: needs } };
    expect(await latest(Q3, other)).toMatchObject({ currency: null, figures: { ...nothing, nrr: { value: null, missing: expect.stringContaining('subscription.started') } }, exposure: { arr: null, terminable: null, customers: null, unknown: null, missing: needs }, coverage: { customers: 0, missing: needs } });
    for (const path of [Q3, '/v1/revenue/customers?period=2024-Q3&movement=end']) expect(await ask(`${path}&segment=nowhere`)).toMatchObject({ status: 404, body: { code: 'part-unknown', detail: expect.stringContaining('There is no segment "nowhere"; there are: large, small'), errors: [{ pointer: '/segment' }] } });
    // As of a day on which nothing had been told of, and of who told what it pays and no more.
    expect(await latest(`${Q3}&asOf=2023-12-31`)).toMatchObject({ figures: nothing });
    expect(await latest(`${Q3}&segment=large&asOf=2024-05-01`)).toMatchObject({ figures: { waterfall: { start: 200_000 }, logos: { start: 1 }, renewals: null, missing: { arr: null, renewals: expect.stringContaining('renewsOn') } }, exposure: { arr: 200_000, terminable: null, unknown: 200_000, missing: expect.stringContaining('noticeDays') } });
    expect(await latest('/v1/revenue/customers?period=2024-Q3&movement=churn', other)).toMatchObject({ customers: 0, amount: null, missing: needs });
    const csv = (await ask(`${Q3}&format=csv`, { key: other! })).body as string;
    expect(csv).toMatch(/^figures\.waterfall,[^]*^figures\.missing\.arr,,no customer has a subscription; needs subscription\.started/m);
    expect(csv).not.toMatch(/^figures\.(waterfall|logos|renewals)[^,]*,[^,]*,0/m);
  });

  it('is a page that leads from each bar to its customers, and keeps their names apart from markup', async () => {
    const page = (await ask('/revenue?period=2024-Q3&by=segment')).body;
    // From 177,000 to 277,000 cents.
    expect(page).toContain('ARR grew by 56.5 % to EUR');
    // Drawn for a wide and for a narrow screen, and as a table.
    for (const figure of ['start', 'new', 'expansion', 'contraction', 'churn', 'reactivation', 'end']) expect(page.match(new RegExp(`href="/revenue/customers\\?period=2024-Q3&amp;movement=${figure}"`, 'g'))).toHaveLength(3);
    const customers = (await ask('/revenue/customers?period=2024-Q3&movement=expansion')).body;
    expect(customers).toContain('Nordlicht &amp; &lt;Söhne&gt;');
    expect(customers).toContain('subscription.changed crm/e-4');
    expect((await ask('/revenue', { key: other! })).body).toMatch(/Nobody has paid anything recurring yet[^]*Not measured: no customer has a subscription; needs subscription\.started/);
  });
});

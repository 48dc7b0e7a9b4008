import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { startApi, type TestApi } from '../testing/start-api.js';

let api: TestApi;
let [anna, admin, other, sender]: string[] = [];
let n = 0;
const DAY = 86_400_000;
const ago = (days: number) => new Date(Date.now() - days * DAY).toISOString();
const date = (days: number) => ago(days).slice(0, 10);
const eur = (amount: number) => ({ amount, currency: 'EUR' });

const ask = async (path: string, { key = anna, method = 'GET', body }: { key?: string; method?: string; body?: unknown } = {}) => {
  const response = await api.call(key!, method, path, body);
  return { status: response.status, body: await response.json() as any };
};
const latest = async (path: string) => (await ask(`${path}${path.includes('?') ? '&' : '?'}minPosition=${await api.connections.store.head()}`)).body;
const tell = async (...facts: [customer: string, type: string, days: number, data: object][]) => {
  const { body } = await ask('/v1/events', { key: admin, method: 'POST', body: facts.map(([customer, type, days, data]) => ({ id: `e-${++n}`, source: 'erp', type, customer, time: ago(days), data })) });
  expect(body.results.filter(({ status }: { status: string }) => status !== 'appended')).toEqual([]);
};

beforeAll(async () => {
  api = await startApi();
  [anna, admin, other, sender] = [await api.key('csm', 'acme', 'anna'), await api.key('admin'), await api.key('admin', 'globex'), await api.key('ingest')];
  await tell(['north', 'customer.registered', 500, { name: 'Nordlicht <Energie>', segment: 'small' }], ['south', 'customer.registered', 500, { name: 'Südwind', segment: 'large' }],
    ['north', 'sale.fit-assessed', 420, { score: 30, seller: 'petra' }], ['south', 'sale.fit-assessed', 420, { score: 90, seller: 'jonas' }],
    ['north', 'subscription.started', 400, { subscription: 'S-1', recurring: eur(100_000), interval: 'month' }], ['south', 'subscription.started', 400, { subscription: 'S-2', recurring: eur(300_000), interval: 'month' }],
    ['north', 'cost.acquisition-cost-recorded', 400, { amount: eur(500_000) }], ['south', 'cost.acquisition-cost-recorded', 400, { amount: eur(600_000) }],
    ['north', 'invoice.issued', 90, { invoice: 'I-1', amount: eur(119_000), net: eur(100_000), dueOn: date(60), product: 'Desk' }], ['north', 'invoice.paid', 60, { invoice: 'I-1' }],
    ['south', 'invoice.issued', 90, { invoice: 'I-2', amount: eur(900_000), dueOn: date(60), product: 'Desk' }], ['south', 'invoice.paid', 60, { invoice: 'I-2' }],
    ['north', 'cost.service-cost-recorded', 50, { amount: eur(130_000), driver: 'labour', ticket: 'T-1' }], ['south', 'cost.service-cost-recorded', 50, { amount: eur(200_000), driver: 'licences', product: 'Desk' }], ['north', 'subscription.ended', 100, { subscription: 'S-1', reason: 'bad-fit' }]);
}, 60_000);
afterAll(() => api.stop());

describe('Economics', () => {
  it('is told per currency, with what is missing, and by segment', async () => {
    const answer = await latest('/v1/economics?by=segment');
    // 1,000.00 and 9,000.00 came in, 1,300.00 and 2,000.00 went out.
    expect(answer.currencies).toMatchObject([{ currency: 'EUR', margin: { income: 1_000_000, costToServe: 330_000, contribution: 670_000, share: 0.67, n: 2, withIncome: 2, withCosts: 2, missing: [] }, negative: { customers: 1, contribution: -30_000 }, perTicket: { n: 1, value: 130_000 } }]);
    expect(answer.currencies[0].drivers.map(({ key, costToServe }: any) => [key, costToServe])).toEqual([['licences', 200_000], ['labour', 130_000]]);
    // North never will: it has left with 5,000.00 spent and 300.00 lost on top. South took 12 months: the payment of day 340 brought it back.
    expect(answer.currencies[0]).toMatchObject({ payback: { n: 2, paidBack: 1, waiting: 0, lost: 1 }, cacAtRisk: { unrecovered: 0, lost: 500_000 }, aggregate: { months: null, missing: ['company.period-spend-recorded', 'subscription.started'] } });
    // One of two who paid a year ago left; 3,000.00 a month at a margin of 67 %.
    expect(answer.currencies[0].lifetime).toMatchObject({ n: 2, left: 1, arpa: 300_000, horizonMonths: 60 });
    expect(answer.groups.map(({ key, currencies: [own] }: any) => [key, own.margin.contribution])).toEqual([['large', 700_000], ['small', -30_000]]);
    expect(answer).toMatchObject({ policy: { name: 'usual', income: 'payments-or-subscription' }, spend: [], position: expect.stringMatching(/^1\.\d+$/) });
    expect((await latest('/v1/economics?costs=labour')).currencies[0]).toMatchObject({ margin: { costToServe: 130_000 } });
    for (const path of ['/v1/economics?', '/v1/economics/customers?', '/v1/economics/fit?']) expect(await ask(`${path}segment=none`)).toMatchObject({ status: 404, body: { code: 'part-unknown', detail: expect.stringContaining('There is no segment "none"; there are: large, small'), errors: [{ pointer: '/segment' }] } });
  });

  it('lists customers, those that cost more than they bring in first, and pages without leaving any out', async () => {
    const list = await latest('/v1/economics/customers?limit=1');
    expect([list.total, list.next, list.customers.map(({ customer }: any) => customer)]).toEqual([2, expect.any(String), ['north']]);
    expect((await latest(`/v1/economics/customers?limit=1&cursor=${list.next}`))).toMatchObject({ next: null, customers: [{ customer: 'south', recovery: { cac: 600_000, unrecovered: 0, reached: true, paybackMonths: 12 }, margin: { contribution: 700_000 } }] });
    expect((await latest('/v1/economics/customers?negative=true')).customers).toMatchObject([{ customer: 'north', left: true, atRisk: null, recovery: { unrecovered: 500_000, paybackMonths: null } }]);
    expect((await latest('/v1/economics/customers?sort=-costToServe')).customers.map(({ customer }: any) => customer)).toEqual(['south', 'north']);
  });

  it('opens a customer into lines with the facts that made them', async () => {
    const { ledger, currencies, fit } = await latest('/v1/customers/north/economics');
    expect(ledger.map(({ kind, amount, events }: any) => [kind, amount, events.map(({ id }: any) => id)])).toEqual([['acquisition', -500_000, ['e-7']], ['income', 100_000, ['e-9', 'e-10']], ['service', -130_000, ['e-13']]]);
    expect([currencies[0].basis, fit]).toEqual(['payments', { score: 30, band: 'poor', seller: 'petra', event: { source: 'erp', id: 'e-3', type: 'sale.fit-assessed' } }]);
    expect((await ask('/v1/customers/nobody/economics')).body.type).toMatch(/customer-unknown/);
  });

  it('holds later churn and margin against fit at the sale', async () => {
    const { bands, sellers, coverage } = await latest('/v1/economics/fit');
    // North left 300 days after it was sold to, within the year.
    expect(bands.map(({ key, churn, margin }: any) => [key, churn.left, churn.n, churn.tooFew, margin])).toEqual([['poor', 1, 1, true, -0.3], ['good', 0, 1, true, 0.7778]]);
    expect([sellers.map(({ key }: any) => key), coverage]).toEqual([['jonas', 'petra'], { customers: 2, unconverted: [], missing: null, sold: 2, judged: 2, late: 0 }]);
  });

  it('takes what we spend, once, and sets winning beside keeping', async () => {
    const body = { purpose: 'acquire', amount: eur(90_000), from: date(30), to: date(21) };
    const put = (entry: string, more: object = {}, key = admin) => ask(`/v1/company/spend/${entry}`, { key, method: 'PUT', body: { ...body, ...more } });
    expect((await put('fairs')).body.position).not.toBeNull();
    expect((await put('fairs')).body).toEqual({ entry: 'fairs', position: null });
    await put('success', { purpose: 'retain', amount: eur(30_000) });
    expect((await ask('/v1/economics')).body.spend).toMatchObject([{ acquire: 90_000, retain: 30_000, ratio: 3, nrr: { value: 0.75, n: 2 }, entries: [{ entry: 'fairs' }, { entry: 'success' }] }]);
    expect((await put('fairs', {}, anna)).status).toBe(403);
    expect((await put('fairs', { to: date(40) })).body).toMatchObject({ status: 422, errors: [{ pointer: '/to' }] });
    expect((await put('fairs', { amount: eur(-1) })).status).toBe(422);
  });

  it('takes what others would take, and sets it beside what the same cost us, of all and of one customer', async () => {
    const put = (name: string, body: object, key = admin) => ask(`/v1/company/alternatives/${name}`, { key: key!, method: 'PUT', body });
    const desk = { per: 'ticket', price: eur(100_000), from: date(300), source: 'Offer <1>' };
    expect((await latest('/v1/economics')).alternatives).toEqual([]);
    expect((await put('desk', desk, anna)).status).toBe(403);
    expect((await put('desk', { ...desk, price: eur(-1) })).body).toMatchObject({ status: 422, errors: [{ pointer: '/price/amount' }] });
    expect([(await put('desk', desk)).body.position === null, (await put('desk', desk)).body.position]).toEqual([false, null]);
    await put('all-in', { ...desk, per: 'customer-year', price: eur(150_000), what: 'Everything' });
    // A ticket cost 1,300.00. Both customers cost 3,300.00 over (264 + 364) / 365 years: 1,917.99 a year.
    const { alternatives } = await latest('/v1/economics');
    expect(alternatives).toMatchObject([
      { alternative: 'all-in', per: 'customer-year', what: 'Everything', ours: { n: 2, value: expect.closeTo(191_799.3631, 3) }, difference: { value: expect.closeTo(41_799.3631, 3) }, coverage: { measured: 2, of: 2 } },
      { alternative: 'desk', ours: { n: 1, value: 130_000 }, difference: { value: 30_000, low: null }, event: { source: 'touchline:company', id: 'alternative:desk:0', type: 'company.alternative-priced' } },
    ]);
    expect((await latest('/v1/customers/south/economics')).alternatives).toMatchObject([{ ours: { n: 1 } }, { alternative: 'desk', ours: { n: 0, value: null }, missing: ['cost.service-cost-recorded'] }]);
    // Before the day from which it holds there is no price.
    expect((await latest(`/v1/economics?to=${date(310)}`)).alternatives).toEqual([]);
    expect(await (await api.call(anna!, 'GET', '/economics', undefined, { accept: 'text/html' })).text()).toMatch(/What others would take[^]*Everything[^]*a year of a customer[^]*Offer &lt;1&gt;/);
  });

  it('has a policy that is decided as a fact and stays with the figures', async () => {
    const put = (body: object, key = admin) => ask('/v1/economics/settings/policy', { key, method: 'PUT', body });
    expect((await ask('/v1/economics/settings')).body).toMatchObject({ policy: { name: 'usual', windowDays: 365 }, decided: null });
    expect((await put({ name: 'board', costOfRevenue: ['labour'], fitBands: [40, 80], reason: 'As the board has it' })).body.position).toMatch(/^1\./);
    const answer = await latest('/v1/economics?horizonMonths=12');
    expect(answer).toMatchObject({ policy: { name: 'board, otherwise in horizonMonths', costOfRevenue: ['labour'] }, changes: [{ say: 'horizonMonths: 60 → 12' }], currencies: [{ margin: { costToServe: 130_000 } }] });
    expect((await ask('/v1/economics/settings')).body).toMatchObject({ policy: { fitBands: [40, 80], horizonMonths: 60 }, decided: { reason: 'As the board has it' } });
    expect((await put({ name: 'board' }, anna)).status).toBe(403);
    for (const [body, pointer] of [[{ name: 'x', fitBands: [80, 40] }, '/fitBands'], [{ name: 'x', windowDays: 0 }, '/windowDays'], [{}, '/name']] as const) expect((await put(body)).body).toMatchObject({ status: 422, errors: [{ pointer }] });
    await put({ name: 'usual' });
  });

  it('refuses what it does not understand, and whom it does not concern', async () => {
    for (const [query, pointer] of [['income=gold', 'income'], ['fitBands=9', 'fitBands'], ['horizonMonths=0', 'horizonMonths'], ['from=2026-13-01', 'from'], ['by=colour', 'by']] as const) {
      const { status, body } = await ask(`/v1/economics?${query}`);
      expect([status, body.code, JSON.stringify(body)]).toEqual([400, 'invalid-parameter', expect.stringContaining(pointer)]);
    }
    expect((await ask('/v1/economics', { key: sender })).status).toBe(403);
    const needs = expect.stringMatching(/^nothing is known of what customers earn or cost; needs invoice\.issued/);
    expect((await ask('/v1/economics', { key: other })).body).toMatchObject({ currencies: [], coverage: { customers: 0, unconverted: [], missing: needs } });
    expect(await (await api.call(other!, 'GET', '/v1/economics?format=csv')).text()).toMatch(/^coverage\.missing,,"?nothing is known of what customers earn or cost; needs invoice\.issued/m);
  });

  it('is drawn, with words for what is drawn, and says what it would take where nothing is known', async () => {
    const page = async (path: string, key = anna) => (await api.call(key!, 'GET', path, undefined, { accept: 'text/html' })).text();
    const shown = await page('/economics?by=segment');
    expect(shown).toMatch(/<h1>Economics<\/h1>[^]*EUR.10,000[^]*1 customer cost EUR.300 more than they bring in[^]*class="loss"[^]*Nordlicht &lt;Energie&gt;[^]*never: has left[^]*Poor fit: left within 12 months/);
    expect(shown).not.toContain('NaN');
    expect(await page('/economics', other)).toMatch(/Nothing is known of what customers earn or cost[^]*Not measured: nothing is known[^]*needs invoice\.issued[^]*needs facts of type <code>company\.period-spend-recorded/);
  });
});

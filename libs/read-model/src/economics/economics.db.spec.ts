import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { NewEvent } from '#event-store';
import { findType } from '#journey';
import { openReadModel, tenant } from '../testing/open-read-model.js';
import { getCustomerEconomics } from './get-customer-economics.js';
import { getEconomics } from './get-economics.js';
import { getFit } from './get-fit.js';
import { listEconomics } from './list-customers-economics.js';
import { driversInLog, fitInLog, ledgersInLog } from './testing/log-says.js';

const DAY = 86_400_000;
const NOON = Math.floor(Date.now() / DAY) * DAY - 12 * 3_600_000;
const SPAN = 1_000;
const eur = (amount: number) => ({ amount, currency: 'EUR' });
const invoice = fc.constantFrom('I-1', 'I-2', 'I-3');
const amount = fc.integer({ min: 100, max: 90_000 });
const plain = fc.oneof(
  fc.tuple(fc.constant('cost.service-cost-recorded'), fc.tuple(amount, fc.option(fc.constantFrom('labour', 'licences')), fc.option(fc.constantFrom('T-1', 'T-2'))).map(([cents, driver, ticket]) => ({ amount: eur(cents), ...(driver && { driver }), ...(ticket && { ticket }) }))),
  fc.tuple(fc.constant('cost.acquisition-cost-recorded'), amount.map((cents) => ({ amount: eur(cents) }))),
  fc.tuple(fc.constant('invoice.credited'), fc.tuple(invoice, fc.integer({ min: 1, max: 5_000 })).map(([number, cents]) => ({ invoice: number, amount: eur(cents) }))),
  fc.tuple(fc.constant('sale.fit-assessed'), fc.record({ score: fc.integer({ min: 0, max: 100 }), seller: fc.constantFrom('petra', 'jonas') })),
);
const fact = fc.tuple(plain, fc.integer({ min: 0, max: SPAN })).map(([[type, data], day]) => ({ type, data: data as Record<string, unknown>, day }));
const bill = fc.tuple(invoice, amount, fc.option(fc.double({ min: 0.8, max: 1, noNaN: true })), fc.integer({ min: 0, max: SPAN - 60 }), fc.boolean());
const history = fc.tuple(fc.array(fact, { minLength: 4, maxLength: 20 }), fc.uniqueArray(bill, { selector: ([number]) => number, maxLength: 3 }), fc.integer({ min: 0, max: SPAN }), fc.option(fc.integer({ min: 0, max: SPAN })), fc.option(fc.nat(3)));

describe('Economics', () => {
  let house: Awaited<ReturnType<typeof openReadModel>>;
  let told = 0;
  beforeAll(async () => { house = await openReadModel(); });
  afterAll(() => house.close());

  const tell = async (category: string, stream: string, facts: readonly { type: string; data: Record<string, unknown>; day: number; id?: string }[]) => {
    const events = facts.map(({ type, data, day, id = `e${told += 1}` }): NewEvent => ({ source: 'test', id, type, version: findType(type)!.version, occurredAt: new Date(NOON - (SPAN - day) * DAY).toISOString(), actor: { kind: 'person', id: 'mara' }, data, bodyHash: id }));
    const verdicts = await house.store.append(events.map((event) => ({ stream: { tenant, category, id: stream }, expected: 'any' as const, events: [event] })));
    const last = verdicts.at(-1)!;
    if (last.status !== 'appended') throw new Error(last.status);
    return last.positions.at(-1)!;
  };
  const inLog = <Row>(text: string, ...more: unknown[]) => house.worker.statements((sql) => sql.query<Row & Record<string, unknown>>(text, [tenant, ...more]));
  const life = { tenant, income: 'payments', from: new Date(NOON - (SPAN + 1) * DAY).toISOString().slice(0, 10) };

  const asInLog = async () => {
    const rows = await inLog<{ customer: string; income: number; service: number; cac: number }>(ledgersInLog);
    expect(rows.length).toBeGreaterThan(10);
    const { currencies: [figures], position } = await getEconomics(house.model(), life);
    const total = (name: 'income' | 'service' | 'cac') => rows.reduce((sum, row) => sum + row[name], 0);
    expect([figures!.margin.income, figures!.margin.costToServe, figures!.margin.contribution]).toEqual([total('income'), total('service'), total('income') - total('service')]);
    expect(position).not.toBeNull();
    expect(figures!.drivers.map(({ key, costToServe }) => [key, costToServe]).sort(byKey)).toEqual((await inLog<{ driver: string | null; cost: number }>(driversInLog)).map(({ driver, cost }) => [driver, cost]).sort(byKey));
    const { customers, total: lines } = await listEconomics(house.model(), { ...life, limit: 200 });
    expect(customers).toHaveLength(lines);
    const ours = customers.filter(({ margin, recovery }) => margin.n > 0 || recovery !== null).map(({ customer, margin, recovery }) => [customer, margin.income, margin.costToServe, recovery?.cac ?? 0, recovery && recovery.unrecovered]).sort(byKey);
    const clamp = ({ income, service, cac }: { income: number; service: number; cac: number }) => (cac > 0 ? Math.max(0, Math.min(cac, cac - income + service)) : null);
    expect(ours).toEqual(rows.map((row) => [row.customer, row.income, row.service, row.cac, clamp(row)]).sort(byKey));
    const bands = (await getFit(house.model(), { tenant })).bands.map(({ key, customers: count, churn }) => [key, count, churn.n, churn.left]).sort(byKey);
    const judged = await inLog<{ band: string; customers: number; n: number; left: number }>(fitInLog, new Date().toLocaleDateString('sv-SE', { timeZone: 'Europe/Berlin' }));
    expect(bands).toEqual(judged.map(({ band, customers: count, n, left }) => [band, count, n, left]).sort(byKey));
  };
  const byKey = (a: readonly unknown[], b: readonly unknown[]) => (String(a[0] ?? '~') < String(b[0] ?? '~') ? -1 : 1);

  it('is what independent queries over the log come to: late facts, corrections and merges', async () => {
    let position = '';
    let n = 0;
    for (const [drawn, drawnBills, from, until, wrong] of fc.sample(history, { numRuns: 25, seed: 11 })) {
      const customer = `c${n += 1}`;
      const facts = drawn.map((each) => ('invoice' in each.data ? { ...each, data: { ...each.data, invoice: `${customer}-${String(each.data['invoice'])}` } } : each));
      const bills = drawnBills.map(([number, ...rest]) => [`${customer}-${number}`, ...rest] as const);
      const S = `${customer}-S`;
      const all = [
        { type: 'subscription.started', data: { subscription: S, recurring: eur(10_000), interval: 'month' }, day: from }, ...(until !== null && until > from ? [{ type: 'subscription.ended', data: { subscription: S, reason: 'voluntary' }, day: until }] : []), ...facts,
        ...bills.flatMap(([number, cents, net, day, isPaid]) => [{ type: 'invoice.issued', data: { invoice: number, amount: eur(cents), dueOn: '2026-01-01', ...(net !== null && { net: eur(Math.round(cents * net)) }) }, day }, ...(isPaid ? [{ type: 'invoice.paid', data: { invoice: number }, day: day + 20 }] : [])]),
      ].map((each) => ({ ...each, id: `e${told += 1}` }));
      const gone = wrong === null ? [] : [{ type: 'record.retracted', data: { events: [{ source: 'test', id: all[all.length - 1 - (wrong % facts.length)]!.id }], reason: 'slip' }, day: SPAN }];
      position = await tell('customer', customer, [...all, ...gone]);
    }
    await house.visible(position);
    await asInLog();
    for (const [from, into] of [['c1', 'c2'], ['c3', 'c2'], ['c5', 'c6']] as const) position = await tell('customer', from, [{ type: 'customer.merged', data: { into }, day: SPAN }]);
    await house.visible(position);
    await asInLog();
    await expect(getCustomerEconomics(house.model(), { tenant, customer: 'c1' })).resolves.toMatchObject({ customer: 'c2' });
  }, 60_000);

  it('opens into lines with the facts that made them, as of any moment, and says what is missing', async () => {
    const at = (day: number) => new Date(NOON - (SPAN - day) * DAY).toISOString();
    await house.visible(await tell('customer', 'ledger', [
      { type: 'customer.registered', data: { name: 'Ledger', segment: 'of-one' }, day: 0 }, { type: 'cost.acquisition-cost-recorded', data: { amount: eur(50_000) }, day: 10, id: 'won' },
      { type: 'invoice.issued', data: { invoice: 'I-9', amount: eur(40_000), dueOn: '2026-01-01' }, day: 20, id: 'bill' }, { type: 'invoice.paid', data: { invoice: 'I-9' }, day: 30, id: 'money' }, { type: 'cost.service-cost-recorded', data: { amount: eur(4_000), driver: 'labour' }, day: 40, id: 'work' },
    ]));
    const now = await getCustomerEconomics(house.model(), { tenant, customer: 'ledger' });
    expect(now.ledger.map(({ kind, amount: cents, events }) => [kind, cents, events.map(({ id }) => id)])).toEqual([['acquisition', -50_000, ['won']], ['income', 40_000, ['bill', 'money']], ['service', -4_000, ['work']]]);
    expect(now).toMatchObject({ currencies: [{ basis: 'payments', margin: { contribution: 36_000 }, recovery: { cac: 50_000, recovered: 36_000, unrecovered: 14_000, reached: false } }], unknown: { gross: 1 }, missing: ['sale.fit-assessed'] });
    const then = await getCustomerEconomics(house.model(), { tenant, customer: 'ledger', asOf: at(25) });
    expect(then.currencies[0]).toMatchObject({ recovery: { recovered: 0, unrecovered: 50_000 }, atRisk: null });
    expect(await getCustomerEconomics(house.model(), { tenant, customer: 'ledger', costs: 'travel' })).toMatchObject({ policy: { name: 'usual, otherwise in costOfRevenue', costOfRevenue: ['travel'] }, changes: [{ setting: 'costOfRevenue', was: null, is: ['travel'] }], currencies: [{ margin: { contribution: 40_000 } }] });
    const { currencies: [figures] } = await getEconomics(house.model(), { ...life, segment: 'of-one' });
    expect(figures).toMatchObject({ margin: { n: 1, share: 0.9 }, lifetime: { value: null, missing: ['subscription.started'] }, aggregate: { months: null, missing: ['company.period-spend-recorded', 'subscription.started'] } });
    await expect(getEconomics(house.model(), { tenant, fitBands: '80,50' })).rejects.toMatchObject({ code: 'invalid-parameter', parameter: 'fitBands' });
  });

  it('converts at the rates in force as the time begins, and names what has none; as it was known at any moment, by the policy that was decided', async () => {
    const usd = (cents: number) => ({ amount: cents, currency: 'USD' });
    const policySet = (data: Record<string, unknown>) => tell('economicspolicy', 'policy', [{ type: 'economicspolicy.set', data, day: SPAN }]);
    await house.visible(await tell('customer', 'fx', [
      { type: 'customer.registered', data: { name: 'Fx', segment: 'fx' }, day: 0 }, { type: 'cost.acquisition-cost-recorded', data: { amount: usd(10_000) }, day: 400, id: 'fx-cac' },
      { type: 'invoice.issued', data: { invoice: 'FX-1', amount: usd(100_001), dueOn: '2026-01-01' }, day: 500 }, { type: 'invoice.paid', data: { invoice: 'FX-1' }, day: 510, id: 'fx-paid' },
      { type: 'cost.service-cost-recorded', data: { amount: eur(10_000), driver: 'labour' }, day: 520 }, { type: 'cost.service-cost-recorded', data: { amount: { amount: 7_000, currency: 'CHF' }, driver: 'travel' }, day: 530 },
    ]));
    const asked = { ...life, segment: 'fx' };
    const before = await getEconomics(house.model(), asked);
    expect([before.currencies.map(({ currency }) => currency).sort(), before.rates?.rates, before.changes]).toEqual([['CHF', 'EUR', 'USD'], {}, [expect.objectContaining({ setting: 'income' })]]);
    const knownAt = new Date().toISOString();
    await new Promise((wake) => setTimeout(wake, 2));
    const rates = (on: string, rate: number) => tell('exchangerates', 'rates', [{ type: 'exchangerates.set', data: { currency: 'EUR', on, rates: [{ currency: 'USD', rate }] }, day: SPAN }]);
    await rates('2000-01-01', 0.9);
    await rates(new Date(NOON - 500 * DAY).toISOString().slice(0, 10), 5);
    const now = await getEconomics(house.model(), asked);
    // 1,000.01 USD are 900.01 EUR, 100.00 of CAC 90.00; the later rate never counts, and 70.00 CHF have none.
    expect(now.currencies.map(({ currency }) => currency)).toEqual(['EUR', 'CHF']);
    expect(now.currencies[0]).toMatchObject({ margin: { income: 90_001, costToServe: 10_000, contribution: 80_001, n: 1 }, payback: { n: 1, paidBack: 1 } });
    expect(now).toMatchObject({ rates: { currency: 'EUR', rates: { USD: 0.9 }, event: { on: '2000-01-01' } }, coverage: { unconverted: [{ currency: 'CHF', customers: 1 }], missing: 'no rate of CHF is known; needs PUT /v1/revenue/settings/rates' } });
    const { ledger } = await getCustomerEconomics(house.model(), { ...life, customer: 'fx' });
    expect(ledger.map(({ amount: cents, currency, native }) => [cents, currency, native])).toEqual([[-9_000, 'EUR', usd(-10_000)], [90_001, 'EUR', usd(100_001)], [-10_000, 'EUR', null], [-7_000, 'CHF', null]]);

    await policySet({ name: 'board', income: 'invoices', windowDays: 30, costOfRevenue: ['travel'] });
    await house.visible(await tell('customer', 'fx', [{ type: 'record.retracted', data: { events: [{ source: 'test', id: 'fx-paid' }], reason: 'slip' }, day: SPAN }]));
    const decided = await getEconomics(house.model(), { tenant, segment: 'fx' });
    expect(decided).toMatchObject({ policy: { name: 'board', income: 'invoices', windowDays: 30, horizonMonths: 60 }, changes: [], from: new Date(Date.parse(decided.to) - 29 * DAY).toISOString().slice(0, 10) });
    // Issued, it counts without its payment; labour is no cost of revenue any more.
    expect((await getEconomics(house.model(), { ...asked, income: 'invoices' })).currencies[0]).toMatchObject({ margin: { income: 90_001, costToServe: null, withCosts: 0 } });
    expect((await getEconomics(house.model(), asked)).currencies[0]!.margin.income).toBeNull();
    const known = await getEconomics(house.model(), { ...asked, knownAt });
    expect([known.currencies, known.spend, known.policy.name, known.knownAt]).toEqual([before.currencies.map((each) => ({ ...each, cacAtRisk: expect.anything() })), null, 'usual, otherwise in income', knownAt]);
    expect((await getCustomerEconomics(house.model(), { tenant, customer: 'fx', knownAt })).ledger).toHaveLength(4);
    await expect(getCustomerEconomics(house.model(), { tenant, customer: 'fx', knownAt: '2020-01-01' })).rejects.toMatchObject({ code: 'customer-unknown' });
    await policySet({ name: 'usual' });
  });

  it('has pages that show no customer twice and leave none out, though costs are told between them', async () => {
    const named = ['p1', 'p2', 'p3', 'p4'];
    let position = '';
    for (const [place, customer] of named.entries()) {
      position = await tell('customer', customer, [{ type: 'customer.registered', data: { name: customer, segment: 'paged' }, day: 0 }, { type: 'cost.service-cost-recorded', data: { amount: eur(100 * (place + 1)) }, day: SPAN }]);
    }
    await house.visible(position);
    const shown: string[] = [];
    for (let cursor: string | undefined, turned = 0; turned < 9; turned++) {
      const page = await listEconomics(house.model(), { ...life, segment: 'paged', sort: '-costToServe', limit: 1, ...(cursor !== undefined && { cursor }) });
      shown.push(...page.customers.map(({ customer }) => customer));
      if (page.next === null) break;
      cursor = page.next;
      // The one that costs least of those not shown yet goes to the top.
      await house.visible(await tell('customer', named[turned]!, [{ type: 'cost.service-cost-recorded', data: { amount: eur(100_000) }, day: SPAN }]));
    }
    expect(shown.toSorted()).toEqual(named);
    await expect(listEconomics(house.model(), { ...life, cursor: '1' })).rejects.toMatchObject({ code: 'invalid-parameter', parameter: 'cursor' });
  });

  it('tells spend beside net revenue retention, the last word of each entry', async () => {
    const spent = (entry: string, purpose: string, cents: number) => tell('company', `spend:${entry}`, [{ type: 'company.period-spend-recorded', data: { entry, purpose, amount: eur(cents), from: '2026-01-01', to: '2026-01-31' }, day: SPAN }]);
    await spent('fairs', 'acquire', 900);
    await spent('fairs', 'acquire', 60_000);
    await spent('success', 'retain', 20_000);
    const { spend } = await getEconomics(house.model(), { tenant, from: '2025-12-01', to: '2026-02-10' });
    expect(spend).toMatchObject([{ currency: 'EUR', acquire: 60_000, retain: 20_000, ratio: 3, nrr: { missing: null } }]);
    expect((await getEconomics(house.model(), { tenant, from: '2026-02-01', to: '2026-02-10' })).spend).toEqual([]);
  });
});

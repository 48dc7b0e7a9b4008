import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { NewEvent } from '#event-store';
import { findType } from '#journey';
import { openReadModel, tenant } from '../testing/open-read-model.js';
import { getCustomerRevenue } from './get-customer-revenue.js';
import { getRevenue, type RevenueAnswer } from './get-revenue.js';
import { listRevenueCustomers, REVENUE_FIGURES } from './list-revenue-customers.js';
import { EXCHANGE_RATES } from './settings.js';
import { renewalsInLog, revenueInLog } from './testing/log-says.js';

const FIRST = Date.parse('2024-01-01T00:00:00Z');
/** The third quarter of 2024 in Berlin. */
const [BEGINS, ENDS, PERIOD] = ['2024-06-30T22:00:00.000Z', '2024-09-30T22:00:00.000Z', { tenant, period: '2024-Q3' }];
const minute = fc.integer({ min: 0, max: 360 * 24 * 60 });
const recurring = fc.record({ amount: fc.integer({ min: 0, max: 40 }).map((hundreds) => hundreds * 10_000), currency: fc.constantFrom('EUR', 'EUR', 'USD') });
const fact = fc.tuple(fc.constantFrom('S-1', 'S-2'), fc.oneof(
  fc.tuple(fc.constant('subscription.started'), fc.record({ recurring, interval: fc.constantFrom('month', 'quarter', 'year') })),
  fc.tuple(fc.constant('subscription.changed'), fc.record({ recurring })),
  fc.tuple(fc.constantFrom('subscription.paused', 'subscription.resumed', 'subscription.ended'), fc.constant({})),
), minute);
/** A subscription that says when it is due, and one decision about it, early, in time or late. */
const term = fc.tuple(recurring, fc.array(fc.tuple(recurring, fc.nat(200)), { maxLength: 3 }), fc.constantFrom('2024-07-01', '2024-08-15', '2024-09-30', '2024-10-01'), fc.option(fc.tuple(fc.constantFrom('renewal.renewed', 'subscription.ended'), recurring, fc.integer({ min: -60, max: 45 }))));
const history = fc.tuple(fc.array(fact, { minLength: 1, maxLength: 14 }), fc.option(term), fc.option(fc.nat(13)));

describe('Recurring revenue', () => {
  let house: Awaited<ReturnType<typeof openReadModel>>;
  let told = 0;
  beforeAll(async () => {
    house = await openReadModel();
    await append(EXCHANGE_RATES, [{ type: 'exchangerates.set', data: { currency: 'EUR', on: '2024-01-01', rates: [{ currency: 'USD', rate: 0.9 }] }, at: FIRST }]);
  });
  afterAll(() => house.close());

  const append = async ({ category, id }: { category: string; id: string }, all: readonly { type: string; data: Record<string, unknown>; at: number }[]) => {
    const events = all.map(({ type, data, at }): NewEvent => {
      told += 1;
      return { source: 'test', id: `v${told}`, type, version: findType(type)!.version, occurredAt: new Date(at).toISOString(), actor: { kind: 'person', id: 'mara' }, data, bodyHash: String(told) };
    });
    const [verdict] = await house.store.append([{ stream: { tenant, category, id }, expected: 'any', events }]);
    if (verdict!.status !== 'appended') throw new Error(verdict!.status);
    return { position: verdict!.positions.at(-1)!, ids: events.map((event) => event.id) };
  };
  const tell = (customer: string, ...all: Parameters<typeof append>[1]) => append({ category: 'customer', id: customer }, all);
  const inLog = async (text: string, ...more: unknown[]) => (await house.worker.statements((sql) => sql.query<Record<string, any>>(text, [tenant, 0.9, BEGINS, ENDS, ...more])))[0]!;
  const asInLog = async (answer: RevenueAnswer) => {
    const { nrr, grr, grossMrrChurn, logoChurn, logos, grossRenewalRate, renewals } = answer.figures;
    const { start, end, ...moved } = answer.figures.waterfall!;
    const log = await inLog(revenueInLog);
    expect({ start, end, ...moved }).toEqual({ start: log['start'], end: log['end'], new: 0, expansion: 0, contraction: 0, churn: 0, reactivation: 0, escalator: 0, ...log['moved'] });
    expect([nrr.of, grr.of, nrr.over, nrr.n, logoChurn.of, logos!.wonAndLost]).toEqual([log['net'], log['gross'], start, log['cohort'], log['lost'], log['won_and_lost']]);
    expect(grossMrrChurn.of).toBe((log['moved']['churn'] ?? 0) + (log['moved']['contraction'] ?? 0));
    const terms = await inLog(renewalsInLog, 30, 'Europe/Berlin');
    expect([grossRenewalRate.over, grossRenewalRate.of, renewals!.lost, renewals!.late]).toEqual([terms['due'], terms['renewed'], terms['lost'], terms['late']]);
    return log;
  };

  it('is what independent SQL over the log comes to: late facts, corrections and merges; and opens into customers whose amounts sum to it', async () => {
    let position = '';
    const customers: string[] = [];
    for (const [facts, due, gone] of fc.sample(history, { numRuns: 40, seed: 9 })) {
      const customer = `c${customers.push('')}`;
      const said = facts.map(([sub, [type, data], at]) => ({ type, data: { subscription: `${customer}-${sub}`, ...data }, at: FIRST + at * 60_000 }));
      const terms = due === null ? [] : [
        { type: 'subscription.started', data: { subscription: `${customer}-S-3`, recurring: due[0], interval: 'year', renewsOn: due[2] }, at: FIRST + 3_600_000 },
        ...due[1].map(([amount, days]) => ({ type: 'subscription.changed', data: { subscription: `${customer}-S-3`, recurring: amount }, at: FIRST + days * 86_400_000 + 7_200_000 })),
        ...(due[3] === null ? [] : [{ type: due[3][0], at: Date.parse(due[2]) + due[3][2] * 86_400_000 + 43_200_000, data: { subscription: `${customer}-S-3`, ...(due[3][0] === 'renewal.renewed' && { renewal: 'R', renewsOn: '2025-12-31', recurring: due[3][1], interval: 'year' }) } }]),
      ].filter(({ at, type }) => due[3] === null || type !== 'subscription.changed' || at < Date.parse(due[2]) - 61 * 86_400_000);
      const { ids } = await tell(customer, ...said, ...terms);
      if (gone !== null) ({ position } = await tell(customer, { type: 'record.retracted', data: { events: [{ source: 'test', id: ids[gone % said.length]! }], reason: 'slip' }, at: FIRST }));
    }
    position = (await tell('c1', { type: 'subscription.changed', data: { subscription: 'c1-S-9', recurring: { amount: 10_000, currency: 'EUR' } }, at: Date.parse('2024-08-01T12:00:00Z') })).position;
    await house.visible(position);
    const model = house.model();
    const options = { ...PERIOD, policy: { groupMinutes: 0 } };
    const answer = await getRevenue(model, options);
    const log = await asInLog(answer);
    expect(Object.keys(log['moved']).sort()).toEqual(['churn', 'contraction', 'expansion', 'new', 'reactivation']);
    expect(answer).toMatchObject({ currency: 'EUR', policy: { name: 'usual, otherwise in groupMinutes' }, changes: [{ say: 'groupMinutes: 60 → 0' }], rates: { event: { on: '2024-01-01' } } });

    const { waterfall, nrr, grr } = answer.figures;
    for (const figure of REVENUE_FIGURES) {
      const wanted = { ...waterfall, nrr: nrr.of, grr: grr.of, renewals: answer.figures.grossRenewalRate.of, terminable: answer.exposure.terminable }[figure as 'nrr'];
      const pages = [];
      for (let cursor: string | undefined; ;) {
        const page = await listRevenueCustomers(model, { ...options, figure, limit: 7, ...(cursor !== undefined && { cursor }) });
        pages.push(page);
        if (page.next === null) break;
        cursor = page.next;
      }
      const lines = pages.flatMap((page) => page.lines);
      expect([figure, new Set(lines.map(({ customer }) => customer.id)).size]).toEqual([figure, pages[0]!.customers]);
      if (wanted !== undefined) expect([figure, lines.reduce((sum, { amount }) => sum + amount!, 0)]).toEqual([figure, wanted]);
    }

    for (const [from, into] of [['c1', 'c2'], ['c3', 'c2'], ['c5', 'c6']] as const) ({ position } = await tell(from, { type: 'customer.merged', data: { into }, at: FIRST }));
    await house.visible(position);
    const merged = await getRevenue(house.model(), options);
    await asInLog(merged);
    expect([merged.figures.waterfall!.start, merged.figures.waterfall!.end]).toEqual([waterfall!.start, waterfall!.end]);
    expect((await getRevenue(house.model(), { ...options, policy: { groupMinutes: 0, merge: 'apart' } })).figures.waterfall).toEqual(waterfall);
    // From the log, as it is known now, it is the same as from the rows.
    const known = await getRevenue(house.model(), { ...options, knownAt: new Date().toISOString() });
    expect(known.figures).toEqual(merged.figures);
    const one = await getCustomerRevenue(house.model(), { tenant, customer: 'c1', policy: { groupMinutes: 0 }, asOf: '2024-09-30' });
    const [line] = (await listRevenueCustomers(house.model(), { ...options, figure: 'end', limit: 500 })).lines.filter(({ customer }) => customer.id === 'c2');
    expect([one.customer, one.askedAs, one.arr]).toEqual(['c2', 'c1', line?.end ?? 0]);
  }, 90_000);

  it('restates a quarter after late facts, and can still say what was known before', async () => {
    const before = await getRevenue(house.model(), PERIOD);
    const knownAt = new Date().toISOString();
    const { position } = await tell('late', { type: 'subscription.started', data: { subscription: 'L-1', recurring: { amount: 500, currency: 'EUR' }, interval: 'year' }, at: Date.parse('2024-07-15T12:00:00Z') },
      { type: 'subscription.started', data: { subscription: 'L-2', recurring: { amount: 700, currency: 'CHF' }, interval: 'year' }, at: Date.parse('2024-07-16T12:00:00Z') });
    await house.visible(position);
    const after = await getRevenue(house.model(), PERIOD);
    expect(after.figures.waterfall).toMatchObject({ start: before.figures.waterfall!.start, new: before.figures.waterfall!.new + 500, end: before.figures.waterfall!.end + 500 });
    // No rate of it is known: it is told apart, and in no sum.
    expect(after.coverage).toMatchObject({ unconverted: [{ currency: 'CHF', customers: 1, start: 0, end: 700 }], missing: expect.stringContaining('CHF') });
    expect((await getRevenue(house.model(), { ...PERIOD, knownAt })).figures).toEqual(before.figures);
  }, 30_000);

  it('leaves agreed rises that a policy tells apart out of NRR, and of the list that NRR opens into', async () => {
    const recurring = (amount: number) => ({ recurring: { amount, currency: 'EUR' } });
    const { position } = await tell('agreed', { type: 'customer.registered', data: { name: 'Agreed', segment: 'agreed' }, at: FIRST }, { type: 'subscription.started', data: { subscription: 'A-1', ...recurring(1_000), interval: 'year' }, at: FIRST },
      { type: 'subscription.changed', data: { subscription: 'A-1', ...recurring(1_500), because: 'escalator' }, at: Date.parse('2024-08-01T12:00:00Z') });
    await house.visible(position);
    const options = { ...PERIOD, segment: 'agreed', policy: { escalators: 'apart' as const } };
    const { figures } = await getRevenue(house.model(), options);
    expect(figures).toMatchObject({ waterfall: { start: 1_000, expansion: 0, escalator: 500, end: 1_500 }, nrr: { value: 1, of: 1_000 } });
    const amounts = await Promise.all((['nrr', 'escalator', 'end'] as const).map(async (figure) => (await listRevenueCustomers(house.model(), { ...options, figure })).amount));
    expect(amounts).toEqual([1_000, 500, 1_500]);
  });

  it('of a tenant that has told nothing says what is missing', async () => {
    const { figures, coverage, exposure, currency } = await getRevenue(house.model(), { tenant: 'empty' }).catch(() => getRevenue(house.model(), { ...PERIOD, segment: 'nobody' }));
    expect([figures.nrr.value, figures.grr.value, exposure.share, coverage.missing, currency === null || currency === 'EUR']).toEqual([null, null, null, 'no customer has a subscription; needs subscription.started', true]);
  });

  it('refuses a period that is none', async () => {
    for (const [asked, parameter] of [[{ period: '2024-Q5' }, 'period'], [{ period: '2024-Q3', from: '2024-01-01' }, 'period'], [{ from: '2024-02-30' }, 'from'], [{ from: '2024-05-02', to: '2024-05-01' }, 'from'], [{ period: '2999' }, 'period']] as const) {
      await expect(getRevenue(house.model(), { tenant, ...asked })).rejects.toMatchObject({ code: 'invalid-parameter', parameter });
    }
  });
});

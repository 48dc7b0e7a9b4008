import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { FakeDoor, touchline } from './testing.js';

const policy = { name: 'usual', income: 'payments-or-subscription', costOfRevenue: null, horizonMonths: 60, windowDays: 365, fitBands: [50, 75], fitMonths: 12 };
const window = { today: { date: '2026-11-26', pinned: false, timeZone: 'UTC' }, from: '2025-11-27', to: '2026-11-26', asOf: '2026-11-26T10:00:00Z', knownAt: null, position: '1.9', policy, changes: [], rates: null, coverage: { customers: 2, unconverted: [], missing: null } };
const figures = {
  currency: 'EUR', margin: { income: 1_000_000, costToServe: 330_000, contribution: 670_000, share: 0.67, low: null, high: null, n: 2, withIncome: 2, withCosts: 2, missing: [] }, products: [], drivers: [{ key: 'labour', costToServe: 130_000 }, { key: null, costToServe: 200_000 }],
  perTicket: { n: 0, value: null, low: null, high: null }, negative: { customers: 1, contribution: -30_000 }, cac: { n: 1, value: 500_000, low: null, high: null, sold: 2 }, payback: { n: 2, paidBack: 1, waiting: 0, lost: 1, medianMonths: 12, curve: [] },
  aggregate: { months: null, missing: ['company.period-spend-recorded'] }, lifetime: { value: null, low: null, high: null, capped: 1_200_000, horizonMonths: 60, missing: [] }, cacAtRisk: { amount: 4_200, unrecovered: 20_000, lost: 500_000, n: 1, missing: [] },
};
const line = { customer: 'c-1', name: 'Nordlicht', currency: 'EUR', margin: { contribution: -30_000, costToServe: 130_000 }, recovery: { cac: 500_000, unrecovered: 480_000, paybackMonths: null, watched: 14 }, atRisk: 4_200 };

describe('touchline economics', () => {
  const door = new FakeDoor();
  let url: string;
  beforeAll(async () => {
    url = await door.open();
    door.answers.set('GET /v1/economics', { body: { ...window, currencies: [figures], spend: [{ currency: 'EUR', acquire: 90_000, retain: 30_000, ratio: 3, nrr: { value: 0.75 } }], alternatives: [{ alternative: 'outsourcer', per: 'ticket', price: { amount: 2_400, currency: 'EUR' }, currency: 'EUR', source: 'Offer', ours: { n: 3, value: 3_000, low: 2_000, high: 4_000 }, difference: { value: 600, low: -400, high: 1_600 }, missing: [] }], by: 'segment', groups: [{ key: 'large', customers: 1, currencies: [figures] }] } });
    door.answers.set('GET /v1/economics/customers', { body: { ...window, sort: 'contribution', total: 2, customers: [line], next: '1' } });
    door.answers.set('GET /v1/customers/crm%3AC-1/economics', { body: { ...window, customer: 'c-1', name: 'Nordlicht', currencies: [line], fit: { score: 30, band: 'poor', seller: 'petra' }, missing: [], ledger: [{ on: '2026-01-02', kind: 'income', amount: 100_000, currency: 'EUR', driver: null, of: 'I-1', events: [{ source: 'erp', id: 'e-9' }, { source: 'erp', id: 'e-10' }] }] } });
    door.answers.set('GET /v1/economics/fit', { body: { ...window, currency: 'EUR', bands: [{ key: 'poor', customers: 3, churn: { n: 2, value: 0.5, low: 0.1, high: 0.9, left: 1, tooFew: true }, margin: -0.3, contribution: -30_000 }], sellers: [], coverage: { sold: 4, judged: 3, late: 0 }, missing: [] } });
    door.answers.set('PUT /v1/company/spend/fairs', { body: { entry: 'fairs', position: '1.10' } });
  });
  afterAll(() => door.close());
  const told = async (...words: string[]) => (await touchline(['economics', ...words], { url })).out;

  it('tells figures with what is missing, and asks under another policy', async () => {
    const out = await told('--by', 'segment', '--costs', 'labour', '--horizon-months', '36');
    expect(door.asked.at(-1)).toMatchObject({ path: '/v1/economics', query: { by: 'segment', costs: 'labour', horizonMonths: '36' } });
    expect(out).toMatch(/contribution +EUR 6,700\.00, 67 % of income\n +labour +EUR 1,300\.00[^]*cost of a ticket +not measured; needs cost\.service-cost-recorded[^]*paid back +1 of 2, 0 not yet, 1 left before; median 12 months\n[^]*aggregate +not measured; needs company\.period-spend-recorded\n +LTV +undefined, nobody left; EUR 12,000\.00 over 60 months/);
    expect(out).toMatch(/winning and keeping +EUR 900\.00 and EUR 300\.00, 3 to 1; NRR 75 %[^]*large +1 customer; EUR 6,700\.00 \(67 %\)/);
  });

  it('lists customers, opens one, and tells what fit came to', async () => {
    expect(await told('customers', '--negative')).toMatch(/2 lines, by contribution[^]*Nordlicht +-?EUR -?300\.00; EUR 1,300\.00; CAC EUR 5,000\.00, EUR 4,800\.00 open after 14 months, EUR 42\.00 at risk\n +More: --cursor 1/);
    expect(door.asked.at(-1)).toMatchObject({ query: { negative: 'true' } });
    expect(await told('customer', 'crm:C-1')).toMatch(/fit at the sale +30 of 100, poor, sold by petra\n\n +2026-01-02 +income +EUR 1,000\.00 +I-1 +\[erp\/e-9 erp\/e-10\]/);
    expect(await told('fit', '--fit-months', '6')).toMatch(/3 of 4 customers judged[^]*poor +50 % left +\(10 % to 90 %\) +of 2, too few; margin -30 %/);
    expect(JSON.parse(await told('customers', '--json'))).toMatchObject({ total: 2 });
  });

  it('tells what others would take, and records it', async () => {
    expect(await told()).toMatch(/outsourcer +EUR 24\.00 a ticket \(Offer\); ours EUR 30\.00 of 3 tickets, ours less theirs EUR 6\.00 +\(-?EUR -?4\.00 to EUR 16\.00\)/);
    door.answers.set('PUT /v1/company/alternatives/outsourcer', { body: { alternative: 'outsourcer', position: null } });
    expect(await told('alternative', 'outsourcer', '--per', 'ticket', '--amount', '2400', '--since', '2026-07-01', '--source', 'Offer')).toBe('outsourcer stood so already.');
    expect(door.asked.at(-1)).toMatchObject({ body: { per: 'ticket', price: { amount: 2_400, currency: 'EUR' }, from: '2026-07-01', source: 'Offer' } });
    expect((await touchline(['economics', 'alternative', 'outsourcer', '--per', 'ticket'], { url })).err).toMatch(/needs --per/);
  });

  it('says what is not measured or converted, and shows and decides the policy', async () => {
    const shown = async (body: object) => {
      door.answers.set('GET /v1/economics', { body: { ...window, spend: [], alternatives: [], by: null, groups: [], ...body } });
      return told('--known-at', '2026-10-01');
    };
    expect(await shown({ currencies: [], coverage: { customers: 0, unconverted: [], missing: 'nothing is known; needs invoice.issued' } })).toMatch(/Not measured: nothing is known; needs invoice\.issued\./);
    expect(door.asked.at(-1)).toMatchObject({ query: { knownAt: '2026-10-01' } });
    expect(await shown({ currencies: [figures], knownAt: '2026-10-01T21:59:59Z', changes: [{ say: 'income: payments → invoices' }], coverage: { customers: 2, unconverted: [{ currency: 'CHF', customers: 1 }], missing: 'no rate of CHF is known' } }))
      .toMatch(/as it was known 2026-10-01[^]*otherwise than decided: income: payments → invoices\.\nNot converted: 1 customer in CHF; no rate of CHF is known\./);
    door.answers.set('GET /v1/economics/settings', { body: { policy, decided: null } });
    door.answers.set('PUT /v1/economics/settings/policy', { body: { position: '1.11' } });
    expect(await told('policy', 'show')).toMatch(/usual policy counts[^]*costOfRevenue +all[^]*windowDays +365/);
    expect(await told('policy', 'set', '--name', 'board', '--costs', 'labour,licences', '--window-days', '90', '--fit-bands', '40,80')).toMatch(/"board" counts/);
    expect(door.asked.at(-1)).toMatchObject({ method: 'PUT', path: '/v1/economics/settings/policy', body: { name: 'board', costOfRevenue: ['labour', 'licences'], windowDays: 90, fitBands: [40, 80] } });
    expect((await touchline(['economics', 'policy', 'set'], { url })).err).toMatch(/--name/);
  });

  it('records what was spent', async () => {
    expect(await told('spend', 'fairs', '--purpose', 'acquire', '--amount', '90000', '--from', '2026-07-01', '--to', '2026-07-31')).toBe('fairs is recorded.');
    expect(door.asked.at(-1)).toMatchObject({ body: { purpose: 'acquire', amount: { amount: 90_000, currency: 'EUR' }, from: '2026-07-01', to: '2026-07-31' } });
    expect((await touchline(['economics', 'spend', 'fairs', '--purpose', 'acquire'], { url })).err).toMatch(/needs --purpose/);
  });
});

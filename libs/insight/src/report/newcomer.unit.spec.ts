import { describe, expect, it } from '@jest/globals';
import type { JourneyEvent } from '#journey';
import { priorChurnModel } from '../churn/model/prior.js';
import { finish } from '../churn/models/steps.js';
import { dateOfDay, dayCounter } from '../day.js';
import { usualRevenuePolicy } from '../revenue/policy.js';
import { accountOf, type ReportWindow } from './account.js';
import { aheadOf } from './ahead.js';
import { asksOf } from './asks.js';
import { type Block, figuresIn, type Report } from './block.js';
import { bookOf, type ReportBook } from './book.js';
import { companySaid } from './company.js';
import { composeReport } from './compose.js';
import { quarterAfter, quarterOf } from './quarter.js';

const dayOf = dayCounter('UTC');
const quarter = quarterOf('2025-Q3')!;
const close = (day: number) => ({ day, at: `${dateOfDay(day)}T23:59:59.999Z` });
const window: ReportWindow = {
  closes: Array.from({ length: 6 }, (_, back) => close(quarterAfter(quarter, -back).to)), asOf: close(quarter.to).at, knownAt: '2025-11-27T00:00:00.000Z', aheadTo: quarterAfter(quarter, 2).to, model: priorChurnModel,
  models: [priorChurnModel], calendar: { dayOf, startOf: (day) => `${dateOfDay(day)}T00:00:00.000Z` },
};
let n = 0;
const fact = (type: string, day: string, data: object): JourneyEvent => {
  n += 1;
  const at = `${day}T12:00:00.000Z`;
  return { position: `1.${n}`, stream: { tenant: 'a', category: 'customer', id: 'c' }, revision: n, type, version: type === 'survey.responded' ? 2 : 1, source: 's', id: `e${n}`, occurredAt: at, observedAt: at, recordedAt: at, witnessed: true, actor: { kind: 'person', id: 'mara' }, data: data as Record<string, unknown> };
};
const pays = (amount: number, more: object = {}) => fact('subscription.started', '2024-01-01', { subscription: 'S1', recurring: { amount, currency: 'EUR' }, interval: 'year', ...more });
const served = (amount: number, day = '2025-08-10') => fact('cost.service-cost-recorded', day, { amount: { amount, currency: 'EUR' } });
const ended = (day: string, reason = 'voluntary') => fact('subscription.ended', day, { subscription: 'S1', reason });
const book = (stories: Readonly<Record<string, readonly JourneyEvent[]>>, company: readonly JourneyEvent[] = [], segment: string | null = null): ReportBook => finish(bookOf({
  quarter, segment, window, company: companySaid(company, window.asOf), policy: usualRevenuePolicy, rates: null, accounts: Object.entries(stories).flatMap(([customer, events]) => accountOf(customer, events, window) ?? []),
}));
const reportOf = (made: ReportBook) => finish(composeReport(made, { position: '1.1', held: 0, isOver: true }));
const tableOf = ({ pages }: Report, id: string): readonly string[][] => pages.flatMap(({ blocks }) => blocks).flatMap((block) => (block.kind === 'table' && block.id === id ? block.rows.map((cells) => cells.map(({ text }) => text)) : []));
const blockOf = ({ pages }: Report, kind: Block['kind'], id: string): any => pages.flatMap(({ blocks }) => blocks).find((block) => block.kind === kind && 'id' in block && block.id === id);

describe('What the report asks for', () => {
  it('is to price anew those who lose most, as the figure of contribution has them, also who paid nothing; and says where it is to win over the same', () => {
    // Over 92 of 365 days 36,500 a year are 9,200. Lost: a 90,800, b 10,800, c 800; d earns, e lost 1,000 and has left.
    const stories = {
      a: [pays(36_500, { renewsOn: '2026-01-15' }), served(100_000)], b: [fact('ticket.opened', '2025-07-02', { ticket: 'T1' }), served(10_800)], c: [pays(36_500), served(10_000)], d: [pays(36_500), served(100)], e: [pays(36_500), served(10_200), ended('2025-10-03')],
    };
    const made = book(stories);
    const asks = asksOf(made, aheadOf(made));
    const [winOver, price] = [asks.find(({ what }) => what.startsWith('Win over'))!, asks.find(({ what }) => what.startsWith('Price anew'))!];
    expect([winOver.customers, price.customers, price.cost]).toEqual([['a'], ['a', 'b', 'c'], { amount: 102_400, currency: 'EUR' }]);
    expect(price.what).toBe('Price anew, or part with, a (lost 908 EUR), b (lost 108 EUR), c (lost 8 EUR)');
    expect(price.why).toBe('serving them cost more than they brought in the quarter; b brought nothing; a is also to be won over: agree on a price before the renewal');
    const many = book(Object.fromEntries(Array.from({ length: 7 }, (_, place) => [`c${place}`, [pays(36_500), served(10_200 + 1_000 * place)]])));
    const ask = asksOf(many, aheadOf(many)).find(({ what }) => what.startsWith('Price anew'))!;
    expect([ask.customers, ask.why]).toEqual([['c6', 'c5', 'c4', 'c3', 'c2'], expect.stringContaining('; 2 more lost 30 EUR')]);
  });

  it('is not what has come already: who left since, and renewals whose day is past, are marked and left out', () => {
    const report = reportOf(book({ gone: [pays(50_000, { renewsOn: '2025-10-03' }), ended('2025-10-03', 'bad-fit')], past: [pays(40_000, { renewsOn: '2025-11-01' })], open: [pays(30_000, { renewsOn: '2026-01-15' })] }));
    expect(tableOf(report, 'decisions asked for').map(([what]) => what).filter((what) => what!.startsWith('Win over'))).toEqual(['Win over open before they renew, the first on 2026-01-15']);
    for (const id of ['renewals', 'at risk']) expect(tableOf(report, id).map(([customer]) => customer).toSorted()).toEqual(['gone (ended 2025-10-03)', 'open', id === 'renewals' ? 'past (its day is past)' : 'past']);
    // Back since then, it is no more gone.
    expect(tableOf(reportOf(book({ back: [pays(50_000), ended('2025-10-03'), fact('subscription.started', '2025-10-20', { subscription: 'S2', recurring: { amount: 1, currency: 'EUR' } })] })), 'at risk').map(([customer]) => customer)).toEqual(['back']);
  });

  it('says of what the cost is', () => {
    const { columns } = blockOf(reportOf(book({ a: [pays(1_000), served(5_000)] })), 'table', 'decisions asked for');
    expect(columns[2].name).toBe('Cost: as named, or of serving these customers');
  });
});

describe('The pages', () => {
  it('name who left, when and why', () => {
    const report = reportOf(book({ a: [pays(50_000), ended('2025-08-20', 'bad-fit')], b: [pays(70_000), fact('customer.closed', '2025-09-01', {}), ended('2025-09-01', 'payment')], c: [pays(10_000)], d: [pays(90_000), ended('2025-05-20')] }));
    expect(tableOf(report, 'lost').map((cells) => cells.slice(0, 4))).toEqual([['b', '700 EUR', '2025-09-01', 'payment'], ['a', '500 EUR', '2025-08-20', 'bad-fit']]);
    expect(tableOf(reportOf(book({ c: [pays(10_000)] })), 'lost')).toEqual([]);
  });

  it('rank what hurts by what they show, and draw all that the table has', () => {
    const hurt = (category: string, priority: string, times: number) => Array.from({ length: times }, (_, turn) => fact('ticket.opened', '2025-08-10', { ticket: `${category}${turn}`, category, priority }));
    // a pays 1,000, b 100: devices 2 x 0.5 x 1,000; mail 3 x 0.75 x 100.
    const report = reportOf(book({ a: [pays(100_000), ...hurt('devices', 'normal', 2)], b: [pays(10_000), ...hurt('mail', 'high', 3), ...Array.from({ length: 8 }, (_, turn) => hurt(`else${turn}`, 'low', 1)).flat()] }));
    expect(tableOf(report, 'pains').slice(0, 2).map((cells) => [cells[0], cells[5]])).toEqual([['devices', '1,000 EUR'], ['mail', '225 EUR']]);
    const chart = blockOf(report, 'chart', 'pains');
    expect([chart.title, chart.axis, chart.marks.length, chart.marks[0]]).toEqual(['devices hurts most: 1,000 EUR of severity times yearly amount, 2 mentions, steady', 'severity times EUR a year', 10, { name: 'devices', value: 100_000, label: '1,000 EUR' }]);
  });

  it('say what answered and told mean, how much was delivered, and what was promised', () => {
    const request = (id: string) => fact('feedback.request-raised', '2025-07-05', { feedback: id, what: 'x' });
    const report = reportOf(book({ a: [pays(1_000), request('F1'), fact('initiative.customer-linked', '2025-07-08', { initiative: 'I1', requests: ['F1'] }), fact('initiative.delivered', '2025-08-01', { initiative: 'I1' }), fact('initiative.customer-told', '2025-08-02', { initiative: 'I1' }), request('F2'), fact('promise.made', '2025-07-05', { promise: 'K-1', what: 'A spare printer', dueOn: '2025-08-01' })] }));
    expect(tableOf(report, 'demand').map((cells) => cells.slice(5))).toEqual([['0', '1', '1']]);
    expect(JSON.stringify(report.pages[4])).toContain('Told also counts who heard of what was delivered without an answer before');
    expect(tableOf(report, 'promises').map((cells) => cells[1])).toEqual(['A spare printer (K-1)']);
  });

  it('hold a segment against no target of the whole company', () => {
    const target = [fact('company.target-set', '2025-10-05', { figure: 'retention', period: '2025-Q3', value: 0.9, reason: 'Plan' })];
    const targetIn = (segment: string | null) => figuresIn(reportOf(book({ a: [fact('customer.registered', '2024-01-01', { name: 'a', segment: 'big' }), pays(1_000)] }, target, segment))).find(({ id }) => id === 'retention')!.target;
    expect([targetIn(null), targetIn('big')]).toEqual([0.9, null]);
  });
});

describe('What moved', () => {
  const csat = (day: string, score: number, place: number) => fact('survey.responded', day, { survey: `V${day}${place}`, instrument: { kind: 'csat', min: 1, max: 5 }, score, contact: `p${place}` });
  const confirmed = (day: string, count: number) => Array.from({ length: count }, (_, place) => [fact('goal.outcome-claimed', day, { outcome: `W${day}${place}`, what: 'x' }), fact('goal.outcome-confirmed', day, { outcome: `W${day}${place}` })]).flat();

  it('is of all figures of the first page what moved most against its step, one of each outcome; of too few, or within chance, comes after', () => {
    // Confirmed: 9 after 1, of 9, too few. CSAT: 20 of 40 after 40 of 40, some 17 steps. Contribution fell by more than all of it.
    const sent = [...Array.from({ length: 40 }, (_, place) => csat('2025-05-05', 5, place)), ...Array.from({ length: 40 }, (_, place) => csat('2025-08-05', place % 2 === 0 ? 5 : 1, place))];
    const many = Object.fromEntries(Array.from({ length: 12 }, (_, place) => [`c${place}`, [pays(36_500), served(1_000, '2025-05-05'), served(9_000)]]));
    const report = reportOf(book({ ...many, a: [pays(36_500), ...sent, ...confirmed('2025-05-05', 1), ...confirmed('2025-08-05', 9)] }));
    const told = report.pages[0]!.blocks.flatMap((block) => (block.kind === 'sentence' && !block.quiet ? [block.text] : []));
    expect([told.length, told.some((text) => /^CSAT fell from 100\.0 % to 50\.0 %/.test(text)), told.some((text) => text.startsWith('Contribution')), told.some((text) => text.startsWith('Outcomes that customers'))]).toEqual([3, true, true, false]);
  });
});

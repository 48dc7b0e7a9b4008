import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { JourneyEvent } from '#journey';
import { priorChurnModel } from '../churn/model/prior.js';
import { finish } from '../churn/models/steps.js';
import { dateOfDay, dayCounter } from '../day.js';
import { type RevenuePolicy, usualRevenuePolicy } from '../revenue/policy.js';
import type { ExchangeRates } from '../revenue/rates.js';
import { addFact, emptySheet } from '../fact-sheet.js';
import { knownEvents } from '../health/health-at.js';
import { accountOf, type ReportWindow } from './account.js';
import { attentionByQuarter, meetingsIn } from './attention.js';
import { figuresIn } from './block.js';
import { bookOf, type BookOptions, type ReportBook } from './book.js';
import { companySaid } from './company.js';
import { composeReport, explainFigure, REPORT_FIGURES } from './compose.js';
import { restatedIn } from './compare.js';
import { roundedFor } from './figure.js';
import { forecastOf } from './forecast-of.js';
import { OUTCOMES } from './figures.js';
import { movedBy } from './moved-by.js';
import { takesThePlaceOf } from './restated-page.js';
import { quarterAfter, quarterOf, quarterOfDay } from './quarter.js';
import { sumOfChances } from './sum-of-chances.js';
import { apartWords } from './words.js';

const dayOf = dayCounter('UTC');
const quarter = quarterOf('2025-Q3')!;
const close = (day: number) => ({ day, at: `${dateOfDay(day)}T23:59:59.999Z` });
const window: ReportWindow = {
  closes: Array.from({ length: 6 }, (_, back) => close(quarterAfter(quarter, -back).to)), asOf: close(quarter.to).at, knownAt: '2026-01-01T00:00:00.000Z', aheadTo: quarterAfter(quarter, 2).to, model: priorChurnModel,
  models: [priorChurnModel, priorChurnModel, priorChurnModel, priorChurnModel], calendar: { dayOf, startOf: (day) => `${dateOfDay(day)}T00:00:00.000Z` },
};
let n = 0;
const fact = (type: string, day: string, data: object, customer = 'c'): JourneyEvent => {
  n += 1;
  const at = `${day}T12:00:00.000Z`;
  return { position: `1.${n}`, stream: { tenant: 'a', category: 'customer', id: customer }, revision: n, type, version: type.startsWith('survey.responded') ? 2 : 1, source: 's', id: `e${n}`, occurredAt: at, observedAt: at, recordedAt: at, witnessed: true, actor: { kind: 'person', id: 'mara' }, data: data as Record<string, unknown> };
};
const started = (subscription: string, day: string, amount: number, more: object = {}) => fact('subscription.started', day, { subscription, recurring: { amount, currency: 'EUR' }, interval: 'year', ...more });
const book = (stories: Readonly<Record<string, readonly JourneyEvent[]>>, company: readonly JourneyEvent[] = [], rates: ExchangeRates | null = null, more: Partial<BookOptions> = {}): ReportBook => finish(bookOf({
  quarter, segment: null, window, company: companySaid(company, window.asOf), policy: usualRevenuePolicy, rates, accounts: Object.entries(stories).flatMap(([customer, events]) => accountOf(customer, events, window) ?? []), ...more,
}));
const reportOf = (made: ReportBook) => finish(composeReport(made, { position: '1.1', held: 0, isOver: true }));
const ends = (stories: Parameters<typeof book>[0]) => Object.fromEntries(figuresIn(reportOf(book(stories))).map((figure) => [figure.id, figure]));

/** What opens of a figure comes to the figure, in whole minor units or as a share; what is no sum, by the formula of its definition. */
function addsUp(made: ReportBook, id: string): void {
  const { figure, parts, inputs } = explainFigure(made, id)!;
  if (figure.value === null) return;
  const { unit } = figure;
  const sums = (of: readonly { readonly part: number; readonly of: number }[]) => [of.reduce((sum, each) => sum + each.part, 0), of.reduce((sum, each) => sum + each.of, 0)] as const;
  const worked = (unitOf: string, own: Parameters<typeof sums>[0]) => { const [part, of] = sums(own); return unitOf === 'share' || unitOf === 'net' ? part / of : part; };
  expect([id, figure.opens, (parts === null) === (inputs.length > 0)]).toEqual([id, true, true]);
  if (parts !== null) expect([id, roundedFor(unit, worked(unit, parts))]).toEqual([id, figure.value]);
  for (const { what, unit: unitOf, value, parts: own } of inputs) if (value !== null) expect([what, worked(unitOf, own)]).toEqual([what, expect.closeTo(value, 6)]);
  const [first, margin, lost] = inputs.map(({ unit: unitOf, parts: own }) => worked(unitOf, own));
  if (id === 'cac-payback') expect(figure.value).toBeCloseTo(first! / (Math.round(margin! / 12) * lost!), 3);
  // Of a quarter of 92 days, a month being a twelfth of 365: what a customer brings in a month, as long as it stays.
  if (id === 'value-to-us') {
    const stays = (1 - lost!) ** (365 / 12 / 92);
    const months = Array.from({ length: 60 }, (_, month) => stays ** month).reduce((sum, each) => sum + each, 0);
    const expected = (first! / 12 / inputs[0]!.parts.length) * margin! * months;
    // In whole minor units.
    expect(Math.abs(figure.value - expected)).toBeLessThanOrEqual(0.5 + Math.abs(expected) / 2_000);
  }
  for (const { part, of, events } of [...parts ?? [], ...inputs.flatMap((input) => input.parts)]) if (part !== 0 || of !== 0) expect([id, events.length > 0]).toEqual([id, true]);
}

const nps = (customer: string, survey: string, score: number, day = '2025-08-05') => fact('survey.responded', day, { survey, instrument: { kind: 'nps', min: 0, max: 10 }, score, contact: `${customer}-p` }, customer);
const csat = (survey: string, score: number) => fact('survey.responded', '2025-08-06', { survey, instrument: { kind: 'csat', min: 1, max: 5 }, score, contact: 'p' });
const served = (amount: number, currency = 'EUR', day = '2025-08-10') => fact('cost.service-cost-recorded', day, { amount: { amount, currency } });
const spent = (amount: number, currency = 'EUR', entry = 'fair') => fact('company.period-spend-recorded', '2025-08-01', { entry, purpose: 'acquire', amount: { amount, currency }, from: '2025-07-01', to: '2025-09-30' });
/** Of which every figure is told. */
const rich = () => ({
  a: [started('S1', '2024-01-01', 1_200_000, { renewsOn: '2025-12-31', termMonths: 24 }), fact('contact.added', '2024-02-01', { contact: 'boss', name: 'x', role: 'payer', sponsor: true }), nps('a', 'V1', 10), csat('V2', 5), served(20_000), fact('promise.made', '2025-07-05', { promise: 'P1', what: 'x', dueOn: '2025-08-01' }), fact('promise.kept', '2025-07-30', { promise: 'P1' })],
  b: [started('S2', '2024-01-01', 600_000), nps('b', 'V3', 4), 
    fact('recovery.opened', '2025-08-06', { recovery: 'R1', reasons: ['low-answer'], since: '2025-08-06T12:00:00Z', clocks: ['look', 'contact', 'close'].map((clock) => ({ clock, minutes: 240, by: '2025-08-09T12:00:00Z' })), answer: { survey: 'V3', score: 4, kind: 'nps', min: 0, max: 10 } }),
    fact('recovery.contacted', '2025-08-08', { recovery: 'R1', worked: 90, how: 'call' }), fact('ticket.opened', '2025-08-20', { ticket: 'T1', category: 'printing', priority: 'urgent' }), fact('feedback.request-raised', '2025-08-01', { request: 'F1', what: 'x' })],
  c: [started('S3', '2025-07-10', 240_000), fact('goal.outcome-claimed', '2025-07-05', { outcome: 'W1', what: 'x' }), fact('goal.outcome-confirmed', '2025-09-05', { outcome: 'W1' })],
  d: [started('S4', '2024-05-01', 90_000), fact('subscription.ended', '2025-08-20', { subscription: 'S4', reason: 'voluntary' })],
});
const ours = () => [spent(600_000), fact('company.decision-recorded', '2025-08-02', { decision: 'D2', what: 'That', state: 'taken', level: 'corporate', evidence: [{ kind: 'figure', figure: 'retention' }] }), fact('company.report-viewed', '2025-08-03', { report: '2025-Q2-1', role: 'executive', format: 'pdf' }),
  fact('company.meeting-held', '2025-08-04', { meeting: 'B1', body: 'board', heldOn: '2025-08-04', agenda: [{ topic: 't', minutes: 30, aboutCustomers: true }, { topic: 'u', minutes: 90, aboutCustomers: false }] })];

describe('Quarters', () => {
  it('begin and end on the calendar, and follow each other without a gap', () => {
    expect([quarter.from, quarter.to].map(dateOfDay)).toEqual(['2025-07-01', '2025-09-30']);
    expect([quarterOf('2025-Q5'), quarterOf('2025-7'), quarterOf('25-Q1')]).toEqual([null, null, null]);
    fc.assert(fc.property(fc.integer({ min: 0, max: 30_000 }), (day) => {
      const own = quarterOfDay(day);
      expect([own.from <= day && day <= own.to, quarterAfter(own, 1).from, quarterAfter(quarterAfter(own, -7), 7)]).toEqual([true, own.to + 1, own]);
    }));
  });
});

describe('The sum of what stays', () => {
  it('is spread as worked out by hand', () => {
    // One of 100 that stays with 0.5: 0 or 100. Two of 100 with 0.9: 0.01, 0.18, 0.81; the tenth per cent lies at 100, the ninetieth at 200.
    expect(sumOfChances([{ amount: 100, stays: 0.5 }], 0.8)).toMatchObject({ expected: 50, high: expect.closeTo(100, 0) });
    const two = sumOfChances([{ amount: 100, stays: 0.9 }, { amount: 100, stays: 0.9 }], 0.8);
    expect([two.expected, Math.round(two.low), Math.round(two.high)]).toEqual([180, 100, 200]);
    expect(sumOfChances([], 0.8)).toEqual({ expected: 0, low: 0, high: 0 });
  });

  it('of many small amounts is normal: 10,000 of 1 with 0.8 are 8,000, give or take 1.2816 times 40', () => {
    const { expected, low, high } = sumOfChances(Array.from({ length: 10_000 }, () => ({ amount: 1, stays: 0.8 })), 0.8);
    expect([Math.round(expected), Math.round(low), Math.round(high)]).toEqual([8_000, expect.closeTo(7_949, -1), expect.closeTo(8_051, -1)]);
  });

  it('lies within what there is, around what is expected', () => {
    fc.assert(fc.property(fc.array(fc.record({ amount: fc.integer({ min: 0, max: 1e9 }), stays: fc.double({ min: 0, max: 1, noNaN: true }) }), { maxLength: 30 }), (items) => {
      const total = items.reduce((sum, { amount }) => sum + amount, 0);
      const { expected, low, high } = sumOfChances(items, 0.8);
      expect(0 <= low && low <= expected + 1e-6 && expected <= high + 1e-6 && high <= total + 1e-6).toBe(true);
    }), { numRuns: 30 });
  });
});

describe('The six outcomes', () => {
  it('have one definition each, and no figure is defined twice', () => {
    expect(OUTCOMES.map(({ outcome }) => outcome)).toEqual(['Acquisition', 'Retention', 'Satisfaction', 'Revenue', 'Profitability', 'Customer value']);
    const named = OUTCOMES.flatMap(({ figures, beside }) => [...figures, ...beside]);
    expect(new Set(named).size).toBe(named.length);
    expect(named.map((id) => REPORT_FIGURES.filter((definition) => definition.id === id).length)).toEqual(named.map(() => 1));
    expect(new Set(REPORT_FIGURES.map(({ definition }) => definition)).size).toBe(REPORT_FIGURES.length);
    expect(OUTCOMES.map(({ figures }) => figures.length)).toEqual([1, 1, 1, 1, 1, 2]);
  });
});

describe('A report', () => {
  it('of nothing reads "not measured" in every figure, and draws and asks for nothing', () => {
    const report = reportOf(book({}));
    expect(figuresIn(report).map(({ value, missing }) => [value, /^not measured; needs [a-z]/.test(missing ?? '')])).toEqual(figuresIn(report).map(() => [null, true]));
    expect(figuresIn(report)).toHaveLength(REPORT_FIGURES.length);
    expect(report.pages.flatMap(({ blocks }) => blocks).filter(({ kind }) => kind === 'chart')).toEqual([]);
    expect(report.pages[0]!.blocks.filter((block) => block.kind === 'sentence' && !block.quiet)).toHaveLength(3);
  });

  it('takes a true nothing for 0 where facts tell it', () => {
    const figures = ends({ a: [started('S1', '2024-01-01', 1_000)] });
    expect([figures['acquisition'], figures['logo-churn'], figures['retention']]).toMatchObject([{ value: 0, missing: null }, { value: 0 }, { value: 1 }]);
  });

  it('counts who left, who shrank and who is new by the end points of each customer', () => {
    const figures = ends({
      left: [started('S1', '2024-01-01', 1_000), fact('subscription.ended', '2025-08-01', { subscription: 'S1', reason: 'voluntary' })],
      shrank: [started('S2', '2024-01-01', 1_000), fact('subscription.changed', '2025-08-01', { subscription: 'S2', recurring: { amount: 400, currency: 'EUR' } })],
      grew: [started('S3', '2024-01-01', 1_000), fact('subscription.changed', '2025-08-01', { subscription: 'S3', recurring: { amount: 1_500, currency: 'EUR' } })], fresh: [started('S4', '2025-07-15', 700)],
    });
    // Of 3,000: 400 and 1,000 stay of what there was, 1,900 with what was added; one of three is gone.
    expect([figures['retention']!.value, figures['nrr']!.value, figures['logo-churn']!.value, figures['acquisition']!.value, figures['revenue']!.value]).toEqual([0.466667, 0.633333, 0.333333, 700, 2_600]);
  });

  it('has figures that the parts of their customers sum to, whatever happened', () => {
    const day = fc.integer({ min: 0, max: 450 }).map((ago) => dateOfDay(quarter.to - ago));
    const story = fc.array(fc.oneof(
      fc.tuple(day, fc.integer({ min: 1, max: 1e6 })).map(([on, amount]) => started('S1', on, amount)), fc.tuple(day, fc.integer({ min: 1, max: 1e6 })).map(([on, amount]) => fact('subscription.changed', on, { subscription: 'S1', recurring: { amount, currency: 'EUR' } })),
      fc.tuple(day, fc.integer({ min: 1, max: 1e6 })).map(([on, amount]) => fact('subscription.changed', on, { subscription: 'S1', recurring: { amount, currency: 'EUR' }, because: 'escalator' })), fc.tuple(day, fc.integer({ min: 1, max: 1e6 })).map(([on, amount]) => started('S2', on, amount, { usageBased: true })),
      fc.tuple(day, fc.constantFrom('paused', 'resumed')).map(([on, what]) => fact(`subscription.${what}`, on, { subscription: 'S1' })), fc.tuple(day, day).map(([on, by]) => fact('subscription.cancellation-requested', on, { subscription: 'S1', effectiveOn: by, reason: 'other' })),
      day.map((on) => fact('subscription.ended', on, { subscription: 'S1', reason: 'other' })), fc.tuple(day, fc.integer({ min: 0, max: 10 })).map(([on, score]) => fact('survey.responded', on, { survey: `V${n}`, instrument: { kind: 'nps', min: 0, max: 10 }, score })),
      fc.tuple(day, fc.integer({ min: 1, max: 1e5 })).map(([on, amount]) => fact('cost.service-cost-recorded', on, { amount: { amount, currency: 'EUR' } })),
    ), { maxLength: 8 });
    fc.assert(fc.property(fc.array(story, { maxLength: 4 }), fc.constantFrom(...POLICIES), (stories, policy) => {
      const made = book(Object.fromEntries(stories.map((events, place) => [`c${place}`, events])), [], null, { policy: { ...usualRevenuePolicy, ...policy } });
      for (const { id } of REPORT_FIGURES) addsUp(made, id);
      const bars = arrBars(made);
      if (bars.length > 0) expect(bars.slice(0, -1).reduce((sum, { value }) => sum + value, 0)).toBe(bars.at(-1)!.value);
      const figures = Object.fromEntries(figuresIn(reportOf(made)).map((figure) => [figure.id, figure.value]));
      if (figures['retention'] !== null) expect(figures['retention']! <= Math.min(1, figures['nrr']!) + 1e-6).toBe(true);
    }), { numRuns: 60 });
  });

  it('says of every figure what the policy makes of it: definition, parts and chart are of the same number', () => {
    const rise = { a: [started('S1', '2024-01-01', 100_000), fact('subscription.changed', '2025-08-01', { subscription: 'S1', recurring: { amount: 150_000, currency: 'EUR' }, because: 'escalator' })] };
    const by = (policy: Partial<RevenuePolicy>) => book(rise, [], null, { policy: { ...usualRevenuePolicy, ...policy } });
    const told = (made: ReportBook) => { const { figure: { value, definition }, parts } = explainFigure(made, 'nrr')!; return [value, parts!.map(({ part, of }) => [part, of]), definition.split(/(?<=\.) /).at(-1), arrBars(made).map(({ name, label }) => `${name} ${label}`).filter((bar) => /start|rises|expansion|end/.test(bar))]; };
    const cohort = 'Of the customers who paid anything as the quarter began (a closed cohort, by the end points of each customer): what they pay at the end over what they paid at the start.';
    expect(told(by({}))).toEqual([1.5, [[150_000, 100_000]], cohort, ['start 1,000 EUR', 'expansion +500 EUR', 'end 1,500 EUR']]);
    expect(told(by({ escalators: 'apart' }))).toEqual([1, [[100_000, 100_000]], 'Rises that were agreed in advance are left out.', ['start 1,000 EUR', 'expansion 0 EUR', 'agreed rises +500 EUR', 'end 1,500 EUR']]);
    // Who paid 400 comes back with 500 while another with 300 leaves: net churn is 300 less 500.
    const back = book({
      a: [started('S1', '2024-01-01', 40_000), fact('subscription.ended', '2025-02-01', { subscription: 'S1', reason: 'other' }), started('S3', '2025-08-01', 50_000)], b: [started('S2', '2024-01-01', 30_000), fact('subscription.ended', '2025-08-01', { subscription: 'S2', reason: 'other' })],
    }, [], null, { policy: { ...usualRevenuePolicy, reactivation: 'net', usage: 'included', reactivationDays: 365 } });
    expect(arrBars(back).map(({ name, value, label }) => [name, value, label]).filter(([, value]) => value !== 0)).toEqual([['start', 30_000, '300 EUR'], ['churn', 20_000, '+200 EUR'], ['end', 50_000, '500 EUR']]);
    expect(explainFigure(back, 'acquisition')!.figure.definition).toMatch(/ Who comes back after more than 365 days is new as well\. What is paid by use counts as well\.$/);
    expect(JSON.stringify(reportOf(back).pages.at(-1)!.blocks[0])).toContain('Who comes back after more than 365 days is new as well.');
  });

  it('is in the currency that the tenant has been told of most often, whatever the amounts are and whichever segment is asked for', () => {
    const yen = (customer: string) => [fact('customer.registered', '2024-01-01', { name: customer, segment: 'japan' }, customer), fact('subscription.started', '2024-01-02', { subscription: 'S1', recurring: { amount: 90_000_000, currency: 'JPY' }, interval: 'year' }, customer)];
    const stories = { ...Object.fromEntries(['a', 'b', 'c', 'd', 'e', 'f'].map((customer) => [customer, [started('S1', '2024-01-01', 1_000)]])), j: yen('j') };
    expect(['japan', null].map((segment) => book(stories, [], null, { segment }).currency)).toEqual(['EUR', 'EUR']);
    expect(book({ j: yen('j') }).currency).toBe('JPY');
    expect(book({ a: [served(100), served(100), served(1_000_000, 'USD')] }).currency).toBe('EUR');
    expect(book({ a: [csat('V1', 5)] }).currency).toBeNull();
  });

  it('foretells what renews, and compares what was foretold with what came, as known then', () => {
    const report = reportOf(book({
      a: [started('S1', '2024-01-01', 10_000, { renewsOn: '2025-12-31', termMonths: 24 })], b: [started('S2', '2024-01-01', 5_000, { renewsOn: '2025-06-01', termMonths: 17 }), fact('subscription.ended', '2025-06-01', { subscription: 'S2', reason: 'voluntary' })],
    }));
    const [table] = report.pages[1]!.blocks.filter((block) => block.kind === 'table' && block.id === 'forecasts');
    const rows = table?.kind === 'table' ? table.rows.map((cells) => [cells[0]!.value, cells[2]!.value, cells[3]!.value, cells[6]?.value]) : [];
    // At the end of Q4 2024 and of Q1 2025 the renewal of b in June lay within two quarters; nothing of it was still paid after.
    expect(rows).toEqual([['2025-Q1', 1, 5_000, 0], ['2024-Q4', 1, 5_000, 0], ['2024-Q3', 0, null, null], ['2024-Q2', 0, null, null]]);
    expect(JSON.stringify(report.pages[1]!.blocks[0])).toContain('100 EUR a year renews by 2026-03-31');
  });

  it('foretells from what was known at each close and nothing else, however late facts came', () => {
    const days = fc.integer({ min: 0, max: 640 }).map((day) => dateOfDay(quarterAfter(quarter, -6).from + day));
    const told = fc.record({ what: fc.constantFrom('subscription.changed', 'subscription.cancellation-requested', 'renewal.renewed', 'ticket.opened', 'customer.closed', 'record.retracted'), day: days, late: fc.constantFrom(0, 0, 1, 100, 400) });
    const dataOf = (what: string, place: number, first: JourneyEvent) => (what === 'record.retracted' ? { events: [{ source: 's', id: first.id }], reason: 'wrong' } : what === 'ticket.opened' ? { ticket: `T${place}`, priority: 'urgent' } : what === 'customer.closed' ? {}
      : { subscription: 'S1', renewal: 'R', renewsOn: `2025-${String(1 + (place % 12)).padStart(2, '0')}-15`, recurring: { amount: 1_000 * (place + 1), currency: 'EUR' }, interval: 'year' });
    let some = 0;
    fc.assert(fc.property(fc.array(told, { maxLength: 12 }), (all) => {
      const first = started('S1', '2024-02-01', 10_000, { renewsOn: '2025-02-01', termMonths: 12, autoRenew: true });
      const events = [first, ...all.map(({ what, day, late }, place): JourneyEvent => ({ ...fact(what, day, dataOf(what, place, first)), observedAt: `${dateOfDay(dayOf(`${day}T12:00:00.000Z`) + late)}T12:00:00.000Z` }))];
      const past = accountOf('c', events, window)?.past ?? [];
      // Each close by itself, from nothing.
      past.forEach(({ due }, place) => {
        const { day, at } = window.closes[place + 2]!;
        const sheet = knownEvents(events, at).filter(({ occurredAt }) => occurredAt <= at).reduce((before, event) => addFact(before, event, dayOf), emptySheet());
        expect(due).toEqual(forecastOf(priorChurnModel, sheet, day, window.closes[place]!.day).due);
        some += due.length;
      });
    }));
    expect(some).toBeGreaterThan(20);
  });

  it('says what is restated, in the order of the report, and nothing where nothing is', () => {
    const early = [started('S1', '2024-01-01', 10_000)];
    const [was, is] = [reportOf(book({ a: early })), reportOf(book({ a: [...early, fact('subscription.changed', '2025-09-01', { subscription: 'S1', recurring: { amount: 7_500, currency: 'EUR' } })] }))];
    expect(restatedIn(was, was)).toEqual([]);
    expect(restatedIn(was, is).map(({ say }) => say)).toEqual(['Gross revenue retention was 100.0 %, is 75.0 %', 'Net revenue retention was 100.0 %, is 75.0 %', 'ARR was 100 EUR, is 75 EUR']);
  });

  it('shows targets, asks for what people asked for first, and tells strategic from daily use', () => {
    const company = [
      fact('company.target-set', '2025-10-05', { figure: 'retention', period: '2025-Q3', value: 0.9, reason: 'Plan' }), fact('company.target-set', '2025-10-06', { figure: 'retention', period: '2025-Q3', value: 0.95, reason: 'Anew' }),
      fact('company.decision-recorded', '2025-08-01', { decision: 'D1', what: 'Do this', state: 'asked', level: 'corporate' }), fact('company.decision-recorded', '2025-08-02', { decision: 'D2', what: 'That', state: 'taken', level: 'corporate', evidence: [{ kind: 'figure', figure: 'retention' }] }),
      fact('company.decision-recorded', '2025-08-03', { decision: 'D3', what: 'Else', state: 'taken', level: 'operational' }),
    ];
    const report = reportOf(book({ a: [started('S1', '2024-01-01', 10_000)] }, company));
    const figures = Object.fromEntries(figuresIn(report).map((figure) => [figure.id, figure]));
    // Said again after the quarter, a decision keeps its day, and the last word its evidence; one that was first asked for was taken later.
    const again = companySaid([...company, fact('company.decision-recorded', '2025-11-02', { decision: 'D2', what: 'That, put better', state: 'taken', level: 'corporate' }), fact('company.decision-recorded', '2025-11-03', { decision: 'D1', what: 'Do this', state: 'taken', level: 'corporate' })]);
    expect(again.decisions.map(({ decision, what, at, evidence }) => [decision, what, at.slice(0, 10), evidence.length])).toEqual([['D1', 'Do this', '2025-11-03', 0], ['D2', 'That, put better', '2025-08-02', 0], ['D3', 'Else', '2025-08-03', 0]]);
    // What is decided and looked at after the moment that is told of has not come yet.
    const later = book({}, [...ours(), fact('company.decision-recorded', '2025-09-02', { decision: 'D9', what: 'No', state: 'declined', level: 'corporate' }), fact('company.report-viewed', '2025-09-03', { report: '2025-Q2-1', role: 'executive', format: 'pdf' })]);
    const until = (at: string) => ({ ...later, spans: later.spans.map((span, place) => (place === 0 ? { ...span, until: at } : span)) });
    expect(['2025-08-31T00:00:00.000Z', '2025-09-30T23:59:59.999Z'].map((at) => ['decisions-with-evidence', 'report-views'].map((id) => explainFigure(until(at), id)!.figure.value))).toEqual([[1, 1], [0.5, 2]]);
    expect([figures['retention']!.target, figures['decisions-with-evidence']!.value, figures['decisions-corporate']!.value]).toEqual([0.95, 0.5, 1]);
    const asks = report.pages[0]!.blocks.find((block) => block.kind === 'table');
    expect(asks?.kind === 'table' && asks.rows[0]!.map(({ text }) => text).slice(0, 3)).toEqual(['Do this', 'asked for by mara', 'not measured; needs company.decision-recorded with a cost']);
  });

  it('tells how much of its time the lead spends on customers, and not what nobody recorded', () => {
    const held = (meeting: string, heldOn: string, ...agenda: [minutes: number, aboutCustomers: boolean][]) => fact('company.meeting-held', '2025-10-01', { meeting, body: 'board', heldOn, agenda: agenda.map(([minutes, aboutCustomers]) => ({ topic: 't', minutes, aboutCustomers })) });
    // B1 was corrected: 30 of 120 minutes. B2 lies on the last day: 45 of 60. B3 was taken back; B4 is of the quarter before, B5 of the one after. (30 + 45) / 180.
    const company = [held('B1', '2025-07-01', [90, true]), held('B1', '2025-07-01', [30, true], [90, false]), held('B2', '2025-09-30', [45, true], [15, false]), held('B3', '2025-08-01', [10, true]), held('B3', '2025-08-01'), held('B4', '2025-06-30', [20, false]), held('B5', '2025-10-01', [9, true])];
    const figures = Object.fromEntries(figuresIn(reportOf(book({}, company))).map((figure) => [figure.id, figure]));
    expect([figures['attention-share'], figures['attention-minutes']]).toMatchObject([{ value: 0.416667, n: 2, last: 0, missing: null }, { value: 75, n: 2, last: 0 }]);
    // Of a quarter without a meeting nothing is told, though there are facts.
    expect(figuresIn(reportOf(book({}, [held('B5', '2025-10-01', [9, true])]))).find(({ id }) => id === 'attention-share')).toMatchObject({ value: null, n: 0, missing: 'not measured; needs company.meeting-held in the quarter' });
    const table = reportOf(book({}, company)).pages[5]!.blocks.find((block) => block.kind === 'table' && block.id === 'meetings');
    expect(table?.kind === 'table' && table.rows.map((cells) => cells.map(({ value }) => value).slice(0, 5))).toEqual([['B1', 'the board', '2025-07-01', 120, 30], ['B2', 'the board', '2025-09-30', 60, 45]]);
  });

  it('counts each minute of a quarter once, whatever was recorded, and no share leaves 0 to 1', () => {
    const meeting = fc.record({ meeting: fc.constantFrom('B1', 'B2', 'B3', 'B4'), body: fc.constantFrom('board', 'management'), heldOn: fc.integer({ min: 0, max: 460 }).map((ago) => dateOfDay(quarter.to - ago)), agenda: fc.array(fc.record({ topic: fc.constant('t'), minutes: fc.integer({ min: 0, max: 200 }), aboutCustomers: fc.boolean() }), { maxLength: 4 }) });
    fc.assert(fc.property(fc.array(meeting, { maxLength: 8 }), (all) => {
      const meetings = meetingsIn(all.map((data) => fact('company.meeting-held', '2025-10-01', data)));
      const quarters = attentionByQuarter(meetings, { from: quarterAfter(quarter, -5), to: quarter, until: quarter.to });
      // The last word on each number, counted in a plain way.
      const last = ['B1', 'B2', 'B3', 'B4'].flatMap((number) => all.filter((one) => one.meeting === number).at(-1)?.agenda ?? []);
      const total = (items: readonly { readonly minutes: number }[]) => items.reduce((sum, { minutes }) => sum + minutes, 0);
      expect([quarters.reduce((sum, { minutes }) => sum + minutes, 0), quarters.reduce((sum, { onCustomers }) => sum + onCustomers, 0)]).toEqual([total(last), total(last.filter(({ aboutCustomers }) => aboutCustomers))]);
      for (const { share, minutes, bodies } of quarters) expect([share === null, share === null || (share >= 0 && share <= 1), bodies.reduce((sum, body) => sum + body.minutes, 0)]).toEqual([minutes === 0, true, minutes]);
    }), { numRuns: 60 });
  });

  it('tells what winning customers cost of the whole company, and of no segment', () => {
    const company = [fact('company.period-spend-recorded', '2025-08-01', { entry: 'fair', purpose: 'acquire', amount: { amount: 6_000, currency: 'EUR' }, from: '2025-07-01', to: '2025-09-30' })];
    const whole = book({ a: [started('S1', '2025-07-01', 12_000), fact('cost.service-cost-recorded', '2025-08-01', { amount: { amount: 500, currency: 'EUR' } })] }, company);
    const payback = (of: ReportBook) => figuresIn(reportOf(of)).find(({ id }) => id === 'cac-payback')!;
    // 60.00 over 10.00 of new MRR and a margin below 1: more than six months.
    expect(payback(whole).value).toBeGreaterThan(6);
    expect(payback({ ...whole, segment: 'small' })).toMatchObject({ value: null, missing: 'not measured: spend on winning customers is told of the whole company, not of a segment' });
  });

  it('opens every figure into customers and facts that come to it, and all are told of the same book', () => {
    const made = book(rich(), ours());
    const told = REPORT_FIGURES.map(({ id }) => explainFigure(made, id)!.figure).filter(({ value }) => value !== null).map(({ id }) => id);
    expect(REPORT_FIGURES.map(({ id }) => id).filter((id) => !told.includes(id))).toEqual([]);
    for (const { id } of REPORT_FIGURES) addsUp(made, id);
    expect(explainFigure(made, 'sponsor-coverage')).toMatchObject({ figure: { n: 3 }, parts: [{ customer: 'a', part: 1_200_000, of: 1_200_000, events: [{}, { id: made.accounts[0]!.sponsor!.events[0]!.id }] }, { part: 0, of: 600_000 }, { part: 0, of: 240_000 }] });
    // Answered on the fifth, talked about on the eighth.
    expect(explainFigure(made, 'answer-to-action')!.inputs[0]!.parts).toMatchObject([{ customer: 'b', part: 3, of: 1, events: [{}] }]);
  });

  it('counts income, costs and spend in other currencies at the rates of the policy; without a rate it leaves them out, and says so', () => {
    const stories = () => ({ a: [started('S1', '2024-01-01', 365_000), served(20_000)], b: [
      fact('invoice.issued', '2025-07-10', { invoice: 'I1', amount: { amount: 100_000, currency: 'USD' } }), fact('invoice.paid', '2025-08-01', { invoice: 'I1', amount: { amount: 100_000, currency: 'USD' } }), served(50_000, 'USD'),
    ] });
    const at = (rates: Record<string, number>) => book(stories(), [spent(30_000), spent(10_000, 'USD', 'ads')], { currency: 'EUR', rates, event: null });
    const figures = (made: ReportBook) => Object.fromEntries(figuresIn(reportOf(made)).map((figure) => [figure.id, figure]));
    const says = (made: ReportBook) => reportOf(made).pages.at(-1)!.blocks.flatMap((block) => (block.kind === 'sentence' ? [block.text] : [])).at(-1);
    // 92 days of 1,000 a day and 0.9 of 100,000 come in; 20,000 and 0.9 of 50,000 go out.
    expect(figures(at({ USD: 0.9 }))['contribution']).toMatchObject({ value: 92_000 + 90_000 - 20_000 - 45_000, n: 2, coverage: { measured: 2, of: 2 } });
    expect(explainFigure(at({ USD: 0.9 }), 'cac-payback')!.inputs[0]).toMatchObject({ value: 39_000 });
    expect(says(at({ USD: 0.9 }))).toBe('No amount is left out.');
    expect(figures(at({}))['contribution']).toMatchObject({ value: 92_000 - 20_000, n: 1, coverage: { measured: 1, of: 2 } });
    expect(explainFigure(at({}), 'cac-payback')!.inputs[0]).toMatchObject({ value: 30_000 });
    expect(says(at({}))).toBe('In no sum, as no rate turns it into EUR: income and costs by 3 facts of 1 customer (USD); spend by 1 entry (USD).');
    expect(says(book({ ...stories(), c: [fact('subscription.started', '2025-01-01', { subscription: 'S9', recurring: { amount: 5, currency: 'CHF' }, interval: 'year' })] }, [], { currency: 'EUR', rates: { USD: 0.9 }, event: null })))
      .toBe('In no sum, as no rate turns it into EUR: what 1 customer pays for 1 subscription (CHF); income and costs by 1 fact of 1 customer (CHF).');
  });

  it('names what moved a figure: the facts that it stands on now, those that correct others, and the rates where nothing came of a customer', () => {
    const early = rich();
    const changed = fact('subscription.changed', '2025-09-01', { subscription: 'S1', recurring: { amount: 900_000, currency: 'EUR' } }, 'a');
    const late = [{ ...changed, customer: 'a' }, { ...nps('a', 'V1', 10), customer: 'a' }, { ...nps('b', 'V9', 9), customer: 'b' }];
    const [before, after] = [book(early, ours()), book({ ...early, a: [...early.a, changed] }, ours())];
    expect(movedBy(before, after, { figure: 'revenue', late })).toEqual([{ source: 's', id: changed.id }]);
    expect(movedBy(before, after, { figure: 'acquisition', late })).toEqual([]);
    const corrected = { source: 's', id: 'r1', type: 'record.retracted', customer: 'd' };
    expect(movedBy(before, book({ ...early, d: [] }, ours()), { figure: 'retention', late: [corrected, { ...nps('d', 'V8', 9), customer: 'd' }, ...late] })).toEqual([{ source: 's', id: 'r1' }]);
    const dollars = (rate: number) => book({ a: [fact('subscription.started', '2024-01-01', { subscription: 'S1', recurring: { amount: 100, currency: 'USD' }, interval: 'year' })] }, [], { currency: 'EUR', rates: { USD: rate }, event: null });
    expect(movedBy(dollars(0.9), dollars(0.8), { figure: 'revenue', late: [{ source: 's', id: 'x', type: 'exchangerates.set', customer: null }] })).toEqual([{ source: 's', id: 'x' }]);
  });

  it('that takes the place of another names it, with its hash, what it says otherwise, and the facts that moved that', () => {
    const report = reportOf(book(rich(), ours()));
    const told = { report: '2025-Q3-1', at: '2025-10-05T06:00:00.000Z', figures: 'f'.repeat(64) };
    const restated = restatedIn({ ...report, pages: [{ id: 'x', title: 'x', blocks: [{ kind: 'figure', figure: { ...figuresIn(report).find(({ id }) => id === 'retention')!, value: 0.99761 } }] }] }, report).map((one) => ({ ...one, facts: [{ source: 's', id: 'e1' }] }));
    const page = takesThePlaceOf(report, { ...told, restated, why: null }).pages.at(-2)!;
    expect(page.blocks[0]).toMatchObject({ text: `This report takes the place of 2025-Q3-1, published 2025-10-05. The SHA-256 of its figures is ${'f'.repeat(64)}.` });
    // Of 1,890,000 that was paid, 90,000 is lost.
    expect(page.blocks[1]).toMatchObject({ kind: 'table', rows: [[{ text: 'Gross revenue retention' }, { text: '99.8 %', value: 0.99761 }, { text: '95.2 %', value: 0.952381 }, { text: 's/e1' }]] });
    expect(takesThePlaceOf(report, { ...told, restated: null, why: 'They cannot be compared.' }).pages.at(-2)!.blocks.map((block) => block.kind === 'sentence' && block.text)).toContain('They cannot be compared.');
  });

  it('tells values apart that read the same, and says so where nothing changed', () => {
    expect(apartWords(0.99761, 0.99842, 'share', null)).toEqual(['99.76 %', '99.84 %']);
    expect(apartWords(100_001, 100_049, 'money', 'EUR')).toEqual(['1,000.01 EUR', '1,000.49 EUR']);
    expect(apartWords(0.5, 0.5, 'share', null)).toEqual(['50.0 %', '50.0 %']);
    fc.assert(fc.property(fc.integer({ min: 0, max: 1e6 }), fc.integer({ min: 0, max: 1e6 }), (one, other) => {
      const [left, right] = apartWords(one / 1e6, other / 1e6, 'share', null);
      expect(left === right).toBe(one === other);
    }));
    const sentences = reportOf(book({ a: [started('S1', '2024-01-01', 10_000)] })).pages[0]!.blocks.flatMap((block) => (block.kind === 'sentence' && !block.quiet ? [block.text] : []));
    expect(sentences).toContain('Gross revenue retention is unchanged: 100.0 %.');
  });

  it('never counts one of what are many', () => {
    const [{ a, b, c, d }, own] = [rich(), ours()];
    const ones = [book({ a }, own), book({ a: [started('S1', '2024-01-01', 10_000, { renewsOn: '2025-12-31' })], c }, own), book({ b, d }, own), book({ c }, own), book({ d, c, b, a }, own)];
    for (const made of ones) {
      const report = reportOf(made);
      const words = report.pages.flatMap(({ title, blocks }) => [title, ...blocks.flatMap((block) => {
        switch (block.kind) {
          case 'table': return [block.title, block.none, ...block.rows.flatMap((cells) => cells.map(({ text }) => text))];
          case 'chart': return [block.title, block.alt, ...block.marks.map(({ label }) => label)];
          default: return 'text' in block ? [block.text] : [];
        }
      })]).concat(figuresIn(report).map(({ n, counts, missing }) => missing ?? `${n} ${counts}`));
      expect(words.filter((each) => ONE_OF_MANY.test(each))).toEqual([]);
    }
    expect(['1 customers', 'of 1 new customers', '1 people'].map((each) => ONE_OF_MANY.test(each))).toEqual([true, true, true]);
  });
});

/** Ways to count that change figures of recurring revenue, one by one and together. */
const POLICIES: readonly Partial<RevenuePolicy>[] = [
  {}, { escalators: 'apart' }, { reactivation: 'expansion' }, { reactivation: 'net', reactivationDays: 30 }, { usage: 'only' }, { usage: 'included', churnAt: 'notice' }, { pause: 'keeps', midTerm: 'at-renewal' },
  { escalators: 'apart', reactivation: 'net', churnAt: 'notice', pause: 'keeps', usage: 'included', groupMinutes: 0 },
];

const arrBars = (made: ReportBook) => reportOf(made).pages[2]!.blocks.flatMap((block) => (block.kind === 'chart' && block.id === 'arr' ? block.marks : []));

/** "1 customers", "1 new customers", "1 people"; not "1 is", nor 2.1 or 21 of them. */
const ONE_OF_MANY = /(?<![\d.,])1 (?:(?:new|paying|other|bad|published|more) )?(?!(?:is|was|has|as|its|this|less|pays)\b)(?:[a-z]+s|people|entries)\b/;

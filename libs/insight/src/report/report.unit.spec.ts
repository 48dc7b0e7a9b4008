import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { JourneyEvent } from '#journey';
import { priorChurnModel } from '../churn/model/prior.js';
import { finish } from '../churn/models/steps.js';
import { dateOfDay, dayCounter } from '../day.js';
import { usualRevenuePolicy } from '../revenue/policy.js';
import { addFact, emptySheet } from '../fact-sheet.js';
import { knownEvents } from '../health/health-at.js';
import { accountOf, type ReportWindow } from './account.js';
import { figuresIn } from './block.js';
import { bookOf, type ReportBook } from './book.js';
import { companySaid } from './company.js';
import { composeReport, explainFigure, REPORT_FIGURES } from './compose.js';
import { restatedIn } from './compare.js';
import { roundedFor } from './figure.js';
import { forecastOf } from './forecast-of.js';
import { OUTCOMES } from './figures.js';
import { quarterAfter, quarterOf, quarterOfDay } from './quarter.js';
import { sumOfChances } from './sum-of-chances.js';

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
const book = (stories: Readonly<Record<string, readonly JourneyEvent[]>>, company: readonly JourneyEvent[] = []): ReportBook => finish(bookOf({
  quarter, segment: null, window, company: companySaid(company, window.asOf), policy: usualRevenuePolicy, rates: null, accounts: Object.entries(stories).flatMap(([customer, events]) => accountOf(customer, events, window) ?? []),
}));
const reportOf = (made: ReportBook) => finish(composeReport(made, { position: '1.1', held: 0, isOver: true }));
const ends = (stories: Parameters<typeof book>[0]) => Object.fromEntries(figuresIn(reportOf(book(stories))).map((figure) => [figure.id, figure]));

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
      day.map((on) => fact('subscription.ended', on, { subscription: 'S1', reason: 'other' })), fc.tuple(day, fc.integer({ min: 0, max: 10 })).map(([on, score]) => fact('survey.responded', on, { survey: `V${n}`, instrument: { kind: 'nps', min: 0, max: 10 }, score })),
      fc.tuple(day, fc.integer({ min: 1, max: 1e5 })).map(([on, amount]) => fact('cost.service-cost-recorded', on, { amount: { amount, currency: 'EUR' } })),
    ), { maxLength: 8 });
    fc.assert(fc.property(fc.array(story, { maxLength: 4 }), (stories) => {
      const made = book(Object.fromEntries(stories.map((events, place) => [`c${place}`, events])));
      for (const { id, unit } of REPORT_FIGURES) {
        const { figure, parts } = explainFigure(made, id)!;
        if (parts === null || figure.value === null) continue;
        const [part, of] = [parts.reduce((sum, each) => sum + each.part, 0), parts.reduce((sum, each) => sum + each.of, 0)];
        const isRatio = unit === 'share' || unit === 'net';
        expect([id, roundedFor(unit, isRatio ? part / of : part)]).toEqual([id, figure.value]);
      }
      const figures = Object.fromEntries(figuresIn(reportOf(made)).map((figure) => [figure.id, figure.value]));
      if (figures['retention'] !== null) expect(figures['retention']! <= Math.min(1, figures['nrr']!) + 1e-6).toBe(true);
    }), { numRuns: 40 });
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
    expect([figures['retention']!.target, figures['decisions-with-evidence']!.value, figures['decisions-corporate']!.value]).toEqual([0.95, 0.5, 1]);
    const asks = report.pages[0]!.blocks.find((block) => block.kind === 'table');
    expect(asks?.kind === 'table' && asks.rows[0]!.map(({ text }) => text).slice(0, 3)).toEqual(['Do this', 'asked for by mara', 'not measured; needs company.decision-recorded with a cost']);
  });

  it('tells what winning customers cost of the whole company, and of no segment', () => {
    const company = [fact('company.period-spend-recorded', '2025-08-01', { entry: 'fair', purpose: 'acquire', amount: { amount: 6_000, currency: 'EUR' }, from: '2025-07-01', to: '2025-09-30' })];
    const whole = book({ a: [started('S1', '2025-07-01', 12_000), fact('cost.service-cost-recorded', '2025-08-01', { amount: { amount: 500, currency: 'EUR' } })] }, company);
    const payback = (of: ReportBook) => figuresIn(reportOf(of)).find(({ id }) => id === 'cac-payback')!;
    // 60.00 over 10.00 of new MRR and a margin below 1: more than six months.
    expect(payback(whole).value).toBeGreaterThan(6);
    expect(payback({ ...whole, segment: 'small' })).toMatchObject({ value: null, missing: 'not measured: spend on winning customers is told of the whole company, not of a segment' });
  });
});

import { describe, expect, it } from '@jest/globals';
import { needsRefold, type JourneyEvent } from '#journey';
import { chancesAt } from '../churn/risk/risk-at.js';
import { chanceAfterNotice } from '../churn/risk/at-risk.js';
import { priorChurnModel } from '../churn/model/prior.js';
import { finish } from '../churn/models/steps.js';
import { dateOfDay, dayCounter } from '../day.js';
import { addFact, emptySheet } from '../fact-sheet.js';
import { usualRevenuePolicy } from '../revenue/policy.js';
import { accountOf, type ReportAccount, type ReportWindow } from './account.js';
import { aheadOf, pastAhead } from './ahead.js';
import { asksOf } from './asks.js';
import type { Page } from './block.js';
import { bookOf, type BookOptions, isWithin, type ReportBook } from './book.js';
import { companySaid } from './company.js';
import { restatedIn } from './compare.js';
import { composeReport, explainFigure, REPORT_FIGURES } from './compose.js';
import type { ReportFigure } from './figure.js';
import { dueOf, forecastOf, keptOf } from './forecast-of.js';
import { demandPage, painPage, riskPage } from './later-pages.js';
import { quarterAfter, quarterOf } from './quarter.js';
import { sentencesOf } from './sentences.js';

const dayOf = dayCounter('UTC');
const quarter = quarterOf('2025-Q3')!;
const close = (day: number) => ({ day, at: `${dateOfDay(day)}T23:59:59.999Z` });
const window: ReportWindow = {
  closes: Array.from({ length: 6 }, (_, back) => close(quarterAfter(quarter, -back).to)), asOf: close(quarter.to).at, knownAt: '2026-01-01T00:00:00.000Z', aheadTo: quarterAfter(quarter, 2).to, model: priorChurnModel,
  models: Array.from({ length: 4 }, () => priorChurnModel), calendar: { dayOf, startOf: (day) => `${dateOfDay(day)}T00:00:00.000Z` },
};
let n = 0;
const fact = (type: string, on: string, data: Record<string, unknown>, observedAt?: string): JourneyEvent => {
  n += 1;
  const at = on.length === 10 ? `${on}T12:00:00.000Z` : on;
  return { position: `1.${n}`, stream: { tenant: 'a', category: 'customer', id: 'c' }, revision: n, type, version: type === 'survey.responded' ? 2 : 1, source: 's', id: `e${n}`, occurredAt: at, observedAt: observedAt ?? at, recordedAt: observedAt ?? at, witnessed: true, actor: { kind: 'person', id: 'mara' }, data };
};
const euros = (amount: number) => ({ amount, currency: 'EUR' });
const started = (subscription: string, on: string, amount: number, more: object = {}) => fact('subscription.started', on, { subscription, recurring: euros(amount), interval: 'year', ...more });
const changed = (subscription: string, on: string, amount: number) => fact('subscription.changed', on, { subscription, recurring: euros(amount) });
const served = (amount: number, on = '2025-08-10') => fact('cost.service-cost-recorded', on, { amount: euros(amount) });
const book = (stories: Readonly<Record<string, readonly JourneyEvent[]>>, company: readonly JourneyEvent[] = [], more: Partial<BookOptions> = {}): ReportBook => finish(bookOf({
  quarter, segment: null, window, company: companySaid(company, window.asOf), policy: usualRevenuePolicy, rates: null, accounts: Object.entries(stories).flatMap(([customer, events]) => accountOf(customer, events, window) ?? []), ...more,
}));
/** The same book, of which something is said by hand of each customer. */
const withIn = (made: ReportBook, said: Readonly<Record<string, Partial<ReportAccount>>>): ReportBook => ({ ...made, accounts: made.accounts.map((account) => ({ ...account, ...said[account.customer] })) });
const figure = (made: ReportBook, id: string) => explainFigure(made, id)!.figure;
const rowsOf = ({ blocks }: Page, id: string) => blocks.flatMap((block) => (block.kind === 'table' && block.id === id ? block.rows.map((cells) => cells.map(({ value }) => value)) : []));
const due = (stays: number, ...amounts: number[]) => amounts.map((amount, place) => ({ subscription: `S${place}`, day: quarter.to + 10, arr: euros(amount), stays }));

describe('Two quarters ahead, by hand', () => {
  it('the interval is one of 80 %, and renewals of one customer with the same chance stay or go together', () => {
    const ahead = (stays: number, ...amounts: number[]) => { const { expected, low, high, atRisk } = aheadOf(withIn(book({ a: [started('S0', '2024-01-01', 100)] }), { a: { forecast: { due: due(stays, ...amounts), soon: null, leaves: null } } })); return [expected, low, high, atRisk]; };
    // Gone in 20 of 100 cases, so the tenth per cent lies at 0 (a step of the grid is 10); were 40 and 60 to go by themselves, both are gone in 4 of 100 alone, and it lies at 40.
    expect(ahead(0.8, 40_000, 60_000)).toEqual([80_000, expect.closeTo(0, -1), 100_000, 20_000]);
    // Gone in 7 of 100 cases: outside of 80 %, inside of 90.
    expect(ahead(0.93, 100_000).slice(0, 2)).toEqual([93_000, 93_000]);
  });

  it('expected retention: who is foretold, less contraction and with expansion of the mean quarter of four, twice', () => {
    // Of 200,000 in Q4 2024 20,000 were lost to contraction, of 180,000 in Q2 2025 20,000 came back as expansion.
    const made = book({ a: [started('S0', '2024-01-01', 100_000), changed('S0', '2024-11-01', 80_000), changed('S0', '2025-05-01', 100_000)], b: [started('S1', '2024-01-01', 100_000)] });
    const { grr, nrr, paying, foretold } = aheadOf(withIn(made, { a: { forecast: { due: [], soon: null, leaves: 0.2 } }, b: { forecast: { due: [], soon: null, leaves: null } } }));
    // 0.8 of a alone stays; 2 x (0.1 / 4) is lost, 2 x ((1 / 9) / 4) is won.
    expect([grr!.value, nrr, paying, foretold]).toEqual([0.75, 0.805556, 2, 1]);
  });

  it('a forecast held where what stayed lies within both ends of its interval', () => {
    const held = (stays: number, kept: number) => pastAhead(withIn(book({ a: [started('S0', '2024-01-01', 100)] }), { a: { past: Array.from({ length: 4 }, () => ({ due: due(stays, 100), kept: [euros(kept)] })) } }))[0]!.within;
    // With 0.05 the interval is 0 to 5, with 0.95 it is 95 to 100.
    expect([held(0.05, 0), held(0.05, 100), held(0.95, 100), held(0.95, 0)]).toEqual([true, false, true, false]);
  });

  it('what is due: terms and notices from tomorrow to the last day, each with its chance', () => {
    const [day, aheadTo] = [quarter.to, quarter.to + 100];
    const sheetOf = (...facts: JourneyEvent[]) => facts.reduce((sheet, each) => { addFact(sheet, each, dayOf); return sheet; }, emptySheet());
    const on = (days: number) => dateOfDay(day + days);
    const renews = (days: number) => dueOf(priorChurnModel, sheetOf(started('S1', '2024-01-01', 100, { renewsOn: on(days) })), day, aheadTo).map((each) => each.day - day);
    expect([0, 1, 100, 101].map(renews)).toEqual([[], [1], [100], []]);
    // S2 renews after that time, and ends within it by a notice.
    const sheet = sheetOf(started('S1', '2024-01-01', 100, { renewsOn: on(50) }), started('S2', '2024-01-01', 200, { renewsOn: on(300) }), fact('subscription.cancellation-requested', '2025-09-01', { subscription: 'S2', effectiveOn: on(20), reason: 'other' }));
    const { due: found, leaves } = forecastOf(priorChurnModel, sheet, day, aheadTo);
    const chances = chancesAt(priorChurnModel, sheet, day);
    const chance = (horizon: 'renewal' | 180) => chances.find((each) => each.horizon === horizon)!.probability;
    expect(found.map((each) => [each.subscription, each.day - day, each.stays])).toEqual([['S1', 50, 1 - chance('renewal')], ['S2', 20, 1 - chanceAfterNotice(priorChurnModel)]]);
    expect([leaves, leaves === chances.find(({ horizon }) => horizon === 90)!.probability]).toEqual([chance(180), false]);
    expect(keptOf(due(1, 100, 100, 100), new Map([['S0', euros(150)], ['S1', euros(60)], ['S2', { amount: 90, currency: 'USD' }]]))).toEqual([euros(100), euros(60)]);
  });
});

describe('What a report has of a customer, by hand', () => {
  it('counts what had happened by the last moment, that included, as far as it was known, whether facts are corrected or not', () => {
    const late = fact('ticket.opened', '2025-08-01', { ticket: 'T1' }, '2026-02-01T00:00:00.000Z');
    const last = fact('ticket.opened', window.asOf, { ticket: 'T2' });
    const after = fact('ticket.opened', '2025-10-01T00:00:00.000Z', { ticket: 'T3' });
    const wrong = csat('V0', 2);
    const taken = fact('record.retracted', '2025-08-03', { events: [{ source: 's', id: wrong.id }], reason: 'x' });
    for (const more of [[], [wrong, taken]]) {
      expect(more.some(needsRefold)).toBe(more.length > 0);
      const types = (facts: JourneyEvent[]) => [...accountOf('c', [started('S1', '2024-01-01', 100), ...facts, ...more], window)!.types];
      expect([[late], [last], [after]].map((facts) => types(facts).includes('ticket.opened'))).toEqual([false, true, false]);
    }
  });

  it('income by use, recoveries that came to nothing, and sponsors who left', () => {
    // 92 days of 1,000.
    expect(figure(book({ a: [started('S1', '2024-01-01', 365_000, { usageBased: true }), served(20_000)] }), 'contribution').value).toBe(72_000);
    const opened = fact('recovery.opened', '2025-08-06', { recovery: 'R1', reasons: ['low-answer'], since: '2025-08-06T12:00:00Z', clocks: ['look', 'contact', 'close'].map((clock) => ({ clock, minutes: 240, by: '2025-08-09T12:00:00Z' })), answer: { survey: 'V3', score: 1, kind: 'csat', min: 1, max: 5 } });
    const recoveries = (...facts: JourneyEvent[]) => accountOf('c', facts, window)!.recoveries.length;
    expect([recoveries(opened), recoveries(opened, fact('recovery.answer-withdrawn', '2025-08-07', { recovery: 'R1', survey: 'V3' }))]).toEqual([1, 0]);
    const boss = fact('contact.added', '2024-02-01', { contact: 'boss', name: 'x', sponsor: true });
    const covered = (...facts: JourneyEvent[]) => figure(book({ a: [started('S1', '2024-01-01', 300), boss, ...facts], b: [started('S2', '2024-01-01', 100)] }), 'sponsor-coverage').value;
    expect([covered(), covered(fact('contact.left', '2025-09-01', { contact: 'boss' }))]).toEqual([0.75, 0]);
  });

  it('what hurts by how bad it is: 3 of 0 to 10 by 0.7, 9 not at all', () => {
    const answered = (survey: string, score: number) => [fact('survey.responded', '2025-08-05', { survey, instrument: { kind: 'nps', min: 0, max: 10 }, score }), fact('survey.themed', '2025-08-06', { survey, themes: ['speed'] })];
    expect(accountOf('c', [...answered('V1', 3), ...answered('V2', 9), ...answered('V3', 8)], window)!.mentions.map(({ severity }) => Math.round(10 * severity) / 10)).toEqual([0.7, 0.2]);
  });
});

const csat = (survey: string, score: number, on = '2025-08-06') => fact('survey.responded', on, { survey, instrument: { kind: 'csat', min: 1, max: 5 }, score });

describe('Figures of a quarter, by hand', () => {
  it('of a segment alone, within its moments: the first belongs to it, and that of the next does not', () => {
    const inSegment = (segment: string) => [fact('customer.registered', '2024-01-01', { name: segment, segment }), started('S1', '2024-01-01', segment === 'large' ? 500 : 70)];
    const made = book({ a: inSegment('large'), b: inSegment('small') }, [], { segment: 'small' });
    expect([made.accounts.map(({ customer }) => customer), figure(made, 'revenue').value]).toEqual([['b'], 70]);
    expect([made.spans[0]!.until, made.spans[1]!.until]).toEqual([window.asOf, '2025-06-30T23:59:59.999Z']);
    expect(['2025-06-30T23:59:59.999Z', '2025-07-01T00:00:00.000Z', '2025-09-30T23:59:59.999Z', '2025-10-01T00:00:00.000Z', null].map((at) => isWithin(made.spans[0]!, at))).toEqual([false, true, true, false, false]);
  });

  it('the target of that quarter, not of another; outcomes that were confirmed, not rejected; looks and the people who looked', () => {
    const target = (period: string) => fact('company.target-set', '2025-07-01', { figure: 'revenue', period, value: 5, reason: 'Plan' });
    const look = (on: string) => fact('company.report-viewed', on, { report: '2025-Q2-1', role: 'board', format: 'pdf' });
    const outcome = (id: string, how: string) => [fact('goal.outcome-claimed', '2025-07-05', { outcome: id, what: 'x' }), fact(`goal.outcome-${how}`, '2025-08-05', { outcome: id })];
    const made = book({ a: [started('S1', '2024-01-01', 100), ...outcome('W1', 'confirmed'), ...outcome('W2', 'rejected')] }, [target('2025-Q4'), look('2025-08-01'), look('2025-08-02')]);
    expect([figure(made, 'revenue').target, figure(book({ a: [started('S1', '2024-01-01', 100)] }, [target('2025-Q3')]), 'revenue').target]).toEqual([null, 5]);
    expect([figure(made, 'value-to-them'), figure(made, 'report-views')]).toMatchObject([{ value: 1, n: 2 }, { value: 2, n: 1 }]);
  });

  it('lifetime value is summed over 60 months where nobody is lost', () => {
    // 10,000 a day for 92 days bring 920,000, of which serving takes a tenth; 3,650,000 / 12 x 0.9 x 60.
    expect(figure(book({ a: [started('S1', '2024-01-01', 3_650_000), served(92_000)] }), 'value-to-us').value).toBe(16_425_000);
  });

  it('a bad answer waits until somebody talks; what came after the quarter is not known in it, and one between bad and excellent is not waited for', () => {
    const opened = fact('recovery.opened', '2025-06-20', { recovery: 'R1', reasons: ['low-answer'], since: '2025-06-20T12:00:00Z', clocks: ['look', 'contact', 'close'].map((clock) => ({ clock, minutes: 240, by: '2025-06-25T12:00:00Z' })), answer: { survey: 'V1', score: 1, kind: 'csat', min: 1, max: 5 } });
    const made = book({ a: [csat('V1', 1, '2025-06-20'), csat('V2', 4, '2025-06-21'), opened, fact('recovery.contacted', '2025-07-04', { recovery: 'R1', worked: 90, how: 'call' })] });
    const waits = REPORT_FIGURES.find(({ id }) => id === 'answer-to-action')!.inputs!(made, 1)[0]!.parts;
    // From noon on the 20th to the end of June.
    expect(waits.map(({ part, of }) => [Math.round(10 * part) / 10, of])).toEqual([[10.5, 0]]);
  });
});

describe('Words and tables of a report, by hand', () => {
  it('a move is within chance where the last value lies in the interval of this one', () => {
    const definition = { ...REPORT_FIGURES.find(({ id }) => id === 'csat')!, parts: null };
    const said = (last: number) => sentencesOf(book({}), [[definition, { ...figure(book({}), 'csat'), value: 0.5, last, low: 0.4, high: 0.6, n: 20, missing: null } as ReportFigure]])[0]!.text;
    expect([said(0.45), said(0.9), said(0.1)].map((text) => text.includes('within chance'))).toEqual([true, false, false]);
  });

  it('a figure that is no longer measured is restated', () => {
    const reportOf = (made: ReportBook) => finish(composeReport(made, { position: '1.1', held: 0, isOver: true }));
    const restated = restatedIn(reportOf(book({ a: [csat('V1', 5)] })), reportOf(book({ a: [csat('V1', 5, '2025-06-06')] })));
    expect(restated.find(({ figure: id }) => id === 'csat')).toMatchObject({ was: 1, is: null, say: 'CSAT was 100.0 %, is not measured; needs survey.responded of the kind csat in the quarter' });
  });

  it('what a decision costs is what serving cost in the quarter', () => {
    const made = book({ a: [started('S1', '2024-01-01', 100_000), fact('ticket.opened', '2025-08-01', { ticket: 'T1', category: 'printing', priority: 'urgent' }), served(20_000), served(50_000, '2025-06-30'), served(7_000, '2025-07-01')] });
    expect(asksOf(made, aheadOf(made)).find(({ what }) => what === 'End what hurts most: printing')).toMatchObject({ cost: euros(27_000), arr: euros(100_000), customers: ['a'] });
  });

  it('at risk is the amount times the chance; saved is of the quarter; promises past their day are told beside broken ones; causes with those that have a prevention', () => {
    const withdrawn = (on: string) => [fact('subscription.cancellation-requested', '2025-02-01', { subscription: 'S1', effectiveOn: '2026-01-01', reason: 'other' }), fact('subscription.cancellation-withdrawn', on, { subscription: 'S1' })];
    const promise = (id: string, dueOn: string) => fact('promise.made', '2025-07-05', { promise: id, what: 'x', dueOn });
    const opened = (recovery: string) => fact('recovery.opened', '2025-08-06', { recovery, reasons: ['owner'], since: '2025-08-06T12:00:00Z', clocks: ['look', 'contact', 'close'].map((clock) => ({ clock, minutes: 240, by: '2025-08-09T12:00:00Z' })) });
    const cause = (recovery: string, words: string) => fact('recovery.cause-identified', '2025-08-07', { recovery, cause: words, worked: 5 });
    const made = withIn(book({
      a: [started('S1', '2024-01-01', 100_000), ...withdrawn('2025-08-01'), promise('P1', '2025-08-01'), promise('P2', '2025-12-01'), promise('P3', '2025-08-01'), fact('promise.broken', '2025-08-02', { promise: 'P3' })],
      b: [started('S1', '2024-01-01', 10_000), ...withdrawn('2025-03-01'), opened('R1'), cause('R1', 'Toner'), fact('recovery.prevention-recorded', '2025-08-08', { recovery: 'R1', worked: 5, what: 'x' }), opened('R2'), cause('R2', 'toner'), fact('recovery.prevention-recorded', '2025-08-08', { recovery: 'R2', worked: 5, noneBecause: 'y' })],
    }), { a: { risk: 0.25 }, b: { risk: 0.5 } });
    const page = riskPage(made);
    expect(rowsOf(page, 'at risk')).toEqual([['a', 100_000, 0.25, 25_000], ['b', 10_000, 0.5, 5_000]]);
    expect(page.blocks.find((block) => block.kind === 'table' && block.id === 'at risk')).toMatchObject({ title: '300 EUR a year at risk within 90 days' });
    expect(rowsOf(page, 'saved').map((row) => row.slice(0, 3))).toEqual([['a', 'took their notice back', '2025-08-01']]);
    expect(rowsOf(demandPage(made), 'promises').map((row) => row.slice(1, 4))).toEqual([['P1', '2025-08-01', 'overdue'], ['P3', '2025-08-01', 'broken']]);
    expect(rowsOf(painPage(made), 'causes')).toEqual([['toner', 2, 1, 1]]);
  });
});


import { beforeAll, describe, expect, it } from '@jest/globals';
import { dayOfDate } from '../../day.js';
import { foldEvents } from '../../fold-events.js';
import { departures, type Lives } from '../../testing/departures.js';
import { utc } from '../../testing/facts.js';
import { ChurnRows } from '../history/churn-rows.js';
import { monthlyRows } from '../history/origins.js';
import { finish } from '../models/steps.js';
import { alikeOf } from '../risk/alike.js';
import { backtestChurn } from './backtest.js';
import type { ChurnModel } from './churn-model.js';
import { compareWith } from './compare.js';
import { knownRows } from './known-rows.js';
import { outOfTime } from './out-of-time.js';
import { priorChurnModel } from './prior.js';
import { TooLittleToLearn, trainChurn } from './train.js';

const [FROM, TO] = [dayOfDate('2024-01-01'), dayOfDate('2026-06-30')];
const LIVES: Lives = { customers: 300, from: FROM, to: TO, calm: 0.02, slump: 0.3, seed: 7 };

function rowsOf(stories: ReturnType<typeof departures>, knownUntil = TO): ChurnRows {
  const rows = new ChurnRows(monthlyRows({ from: FROM, to: knownUntil, gapDays: 0, knownUntil, dayOf: utc }));
  for (const [customer, story] of stories) rows.add(customer, customer, story);
  return rows;
}

describe('A model that is learnt', () => {
  let stories: ReturnType<typeof departures>;
  let rows: ChurnRows;
  let model: ChurnModel;
  beforeAll(() => {
    stories = departures(LIVES);
    rows = rowsOf(stories);
    model = finish(trainChurn(rows, { kind: 'logistic', seed: 1 }));
  });

  const figure = (horizon: unknown, name: string) => model.proof!.horizons.find((one) => one.horizon === horizon)!.figures.find((one) => one.name === name)!;

  it('finds what makes customers leave, out of time, better than the rules beside it, and is calibrated', () => {
    const thirty = model.proof!.horizons.find(({ horizon }) => horizon === 30)!;
    expect(thirty.leavers).toBeGreaterThan(30);
    expect(figure(30, 'auc').low!).toBeGreaterThan(0.6);
    expect(figure(30, 'slope').low! < 1 && figure(30, 'slope').high! > 1).toBe(true);
    expect(thirty.baselines.find(({ name }) => name === 'contract ends soon')!.ahead.low!).toBeGreaterThan(0);
    const { columns, model: logistic } = model.horizons[0]!;
    const trend = columns.findIndex(({ kind, feature }) => kind === 'value' && feature === 'trend');
    expect(logistic.kind === 'logistic' && logistic.coefficients[trend]!).toBeGreaterThan(0.1);
    expect(thirty.leak.verdict).toBe('plausible');
  });

  it('has the same bytes when it is learnt again, and others for another history', () => {
    expect(JSON.stringify(finish(trainChurn(rowsOf(stories), { kind: 'logistic', seed: 1 })))).toBe(JSON.stringify(model));
    expect(finish(trainChurn(rowsOf(stories.slice(1)), { kind: 'logistic', seed: 1 })).id).not.toBe(model.id);
    expect(model.id).toMatch(/^cm-[0-9a-f]{12}$/);
  });

  it('may be additive too, and says the same of what counts', () => {
    const additive = finish(trainChurn(rows, { kind: 'additive', seed: 1 }));
    expect(additive.proof!.horizons[0]!.figures[0]!.low!).toBeGreaterThan(0.6);
  });

  it('is better than the assumptions it began with, on the same rows', () => {
    const [thirty] = finish(compareWith(priorChurnModel, rows, { kind: 'logistic', seed: 1 }));
    expect(thirty!.figures.find(({ name }) => name === 'logLoss')!.better.low!).toBeGreaterThan(0);
  });

  it('is not held against what another one was taught: of days whose outcome that one has seen, its kind speaks that had not', () => {
    const lossAgainst = (other: ChurnModel) => finish(compareWith(other, rows, { kind: 'logistic', seed: 1 }))[0]!.figures.find(({ name }) => name === 'logLoss')!.better;
    expect(lossAgainst(model)).toMatchObject({ value: 0, low: 0, high: 0 });
    const asIfUnseen = { ...model, window: { ...model.window!, knownUntil: '2023-12-31' } };
    expect(lossAgainst(asIfUnseen).value).toBeLessThan(0);
    const early = finish(trainChurn(rowsOf(stories, dayOfDate('2025-06-30')), { kind: 'logistic', seed: 1 }));
    expect(lossAgainst(early).value).not.toBe(0);
  });

  it('looks at no other features than those that are named', () => {
    const few = finish(trainChurn(rows, { kind: 'logistic', seed: 1, features: ['trend'] }));
    expect([...new Set(few.horizons.flatMap(({ columns }) => columns.map(({ feature }) => feature)))].sort()).toEqual(['trend']);
  });

  it('is refused where hardly anybody left, with what to do', () => {
    expect(() => finish(trainChurn(rowsOf(departures({ ...LIVES, customers: 30, calm: 0, slump: 0 })), { kind: 'logistic', seed: 1 }))).toThrow(TooLittleToLearn);
    expect(() => finish(trainChurn(rowsOf([]), { kind: 'logistic', seed: 1 }))).toThrow(/0 rows of 0 customers.*Take a longer window/);
  });
});

describe('A proof does not leak', () => {
  it('suspects a fact that is only written when somebody is about to leave', () => {
    const told = rowsOf(departures({ ...LIVES, tell: { type: 'competitor.evaluated', data: { competitor: 'Rival' } } }));
    const thirty = finish(backtestChurn(told, { kind: 'logistic', seed: 1 })).horizons[0]!;
    expect(thirty.leak).toMatchObject({ verdict: 'suspicious', suspects: [{ column: expect.stringMatching(/^competitor/) }] });
    const names = thirty.leak.suspects.map(({ column }) => column);
    expect(finish(backtestChurn(told, { kind: 'logistic', seed: 1, accept: names })).horizons[0]!.leak.verdict).toBe('plausible');
  });

  it.each([[30, 0], [90, 1]])('foretells who leaves within %i days by what was known on the first day of each stretch, whatever came afterwards', (_days, place) => {
    // Every third notice is withdrawn three weeks later, so that what is known of an outcome changes.
    const stories = departures({ ...LIVES, customers: 220 }).map(([customer, story], index) => [customer, index % 3 > 0 ? story : story.flatMap((event) => {
      if (event.type === 'subscription.ended') return [];
      if (event.type !== 'subscription.cancellation-requested') return [event];
      const later = new Date(Date.parse(event.occurredAt) + 21 * 86_400_000).toISOString();
      return [event, { ...event, id: `${event.id}w`, position: `2.${event.position.slice(2)}`, type: 'subscription.cancellation-withdrawn', data: { subscription: 'S' }, occurredAt: later, observedAt: later, recordedAt: later }];
    })] as ReturnType<typeof departures>[number]);
    const onDay = (rows: ChurnRows, day: number) => {
      const { rows: places, logOdds } = finish(outOfTime(rows, place, { kind: 'logistic', seed: 1 }));
      return new Map([...places].flatMap((row, at) => (rows.days.at(row) === day ? [[rows.customers[row]!, logOdds[at]!]] : [])));
    };
    const whole = rowsOf(stories);
    const { origins } = finish(outOfTime(whole, place, { kind: 'logistic', seed: 1 }));
    expect(origins.length).toBeGreaterThan(2);
    for (const day of origins) {
      const then = onDay(rowsOf(stories.map(([customer, story]) => [customer, story.filter(({ observedAt }) => utc(observedAt) <= day)])), day);
      const now = onDay(whole, day);
      expect(now.size).toBeGreaterThan(20);
      for (const [customer, logOdds] of now) expect(then.get(customer)).toBe(logOdds);
    }
  });

  it('does not know a departure before it was observed', () => {
    const stories = departures({ ...LIVES, customers: 200 }).map(([customer, story]) => [customer, story.map((event) => (event.type.startsWith('subscription.c') || event.type === 'subscription.ended' ? { ...event, observedAt: '2026-06-30T09:00:00.000Z' } : event))] as const);
    const rows = rowsOf(stories.map(([customer, story]) => [customer, story]));
    expect(knownRows(rows, 0, { before: Infinity, day: TO - 1 })).toMatchObject({ leavers: 0, departures: 0 });
    expect(knownRows(rows, 0, { before: Infinity, day: TO }).departures).toBeGreaterThan(20);
  });
});

it('keeps customers with whom others can be compared: alike are those whose chances have the same grounds', () => {
  const stories = departures({ ...LIVES, customers: 250 });
  const model = finish(trainChurn(rowsOf(stories), { kind: 'logistic', seed: 1 }));
  const { customers, groups } = model.reference!.examples;
  expect(customers.filter(({ left }) => left).length).toBeGreaterThan(20);
  expect(new Set(customers.map(({ customer, left }) => `${customer}/${left}`)).size).toBe(customers.length);
  expect(groups).toContain('adoption');
  const [example] = customers;
  const [, story] = stories.find(([customer]) => customer === example!.customer)!;
  const day = dayOfDate(example!.on);
  const sheet = foldEvents(story.filter(({ occurredAt }) => utc(occurredAt) <= day), utc);
  expect(alikeOf(model, sheet, { day, customer: 'somebody else' })[0]).toEqual({ customer: example!.customer, on: example!.on, left: example!.left });
  expect(alikeOf(model, sheet, { day, customer: example!.customer })).toHaveLength(3);
  expect(alikeOf(priorChurnModel, sheet, { day, customer: 'x' })).toEqual([]);
});

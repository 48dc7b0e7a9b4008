import { describe, expect, it } from '@jest/globals';
import { firstScorecard } from '../cards/first-scorecard.js';
import { ChurnRows } from '../churn/history/churn-rows.js';
import { monthlyRows } from '../churn/history/origins.js';
import { finish } from '../churn/models/steps.js';
import { dayOfDate } from '../day.js';
import { departures } from '../testing/departures.js';
import { utc } from '../testing/facts.js';
import { badnessIn } from './badness.js';
import { CardRows } from './card-rows.js';

const [from, to] = [dayOfDate('2022-01-01'), dayOfDate('2024-12-31')];
const options = monthlyRows({ from, to, gapDays: 0, knownUntil: to, dayOf: utc });
const lives = departures({ customers: 40, from, to, calm: 0.02, slump: 0.3, seed: 3 });
/** The last one's use is told of for the first hundred days only, and grows old. */
const stories = [...lives.slice(0, -1), ...lives.slice(-1).map(([customer, story]) => [customer, story.filter(({ type, occurredAt }) => type !== 'usage.reported' || utc(occurredAt) < utc(story[0]!.occurredAt) + 100)] as const)];
const day = { before: Infinity, day: to };

describe('Rows of a card', () => {
  const rows = new CardRows(firstScorecard, options);
  for (const [customer, story] of stories) rows.add(customer, customer, story);

  it('are those that models of churn see, with the same outcomes and the same badness', () => {
    const theirs = new ChurnRows(options);
    for (const [customer, story] of stories) theirs.add(customer, customer, story);
    const [known, place] = [rows.known(day), theirs.options.horizons.indexOf(90)];
    expect([rows.size, rows.customers, rows.clusters]).toEqual([theirs.size, theirs.customers, theirs.clusters]);
    expect(known.departures).toBeGreaterThan(5);
    const badness = finish(badnessIn(rows, known.rows));
    known.rows.forEach((row, at) => {
      expect([rows.days.at(row), known.labels[at]]).toEqual([theirs.days.at(row), theirs.labels[place]!.at(row, to)]);
      firstScorecard.measures.forEach(({ id }, measure) => expect(badness[measure]![at]).toBe(theirs.values[theirs.features.placeOf(id)]!.at(row)));
    });
  });

  it('know of an outcome what was known on the day that is asked for', () => {
    const early = rows.known({ before: dayOfDate('2023-07-01'), day: dayOfDate('2023-07-01') });
    expect(early.rows.length).toBeGreaterThan(0);
    for (const row of early.rows) expect(rows.days.at(row)).toBeLessThanOrEqual(dayOfDate('2023-07-01') - 90);
  });

  it('have nothing of a customer whose story cannot be read to its end', () => {
    const size = rows.size;
    const [, story] = stories[0]!;
    expect(() => rows.add('broken', 'broken', [...story, { ...story.at(-1)!, occurredAt: 'never', observedAt: '2024-11-01T00:00:00.000Z' }])).toThrow();
    expect([rows.size, rows.customers.length, rows.values[0]!.length]).toEqual([size, size, size]);
  });
});

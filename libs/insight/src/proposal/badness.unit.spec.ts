import { describe, expect, it } from '@jest/globals';
import type { Card, CardMeasure } from '../cards/card.js';
import { finish } from '../churn/models/steps.js';
import { badnessIn, saidIn, swelling, withMean } from './badness.js';
import { CardRows } from './card-rows.js';
import { plainCard } from './testing/lived.js';

function rowsOf(card: Card, values: readonly (readonly number[])[]): CardRows {
  const rows = new CardRows(card, { origins: [], horizons: [], gapDays: 0, knownUntil: 0, dayOf: () => 0, leastDays: 28 });
  for (const row of values) row.forEach((value, place) => rows.values[place]!.push(value));
  return rows;
}
const badness = (card: Card, ...values: readonly number[][]) => finish(badnessIn(rowsOf(card, values), Int32Array.from(values.keys()))).map((column) => [...column]);
const withPolicies = (...policies: readonly CardMeasure['whenUnknown'][]): Card => {
  const card = plainCard(policies.map(() => 1));
  return { ...card, measures: card.measures.map((measure, at) => ({ ...measure, curve: { kind: 'line', points: [[0, 0.2], [1, 1]] }, ...(policies[at] && { whenUnknown: policies[at] }) })) };
};

describe('How bad a measure is', () => {
  it('is what its quality lacks; unknown, it is what the card counts it as, or nothing is said of it', () => {
    expect(badness(withPolicies(undefined, 'neutral', 'worst'), [0.5, 0.5, 0.5], [NaN, NaN, NaN])).toEqual([[expect.closeTo(0.4), NaN], [expect.closeTo(0.4), 0.5], [expect.closeTo(0.4), 0.8]]);
  });

  it('is the place between its worst and its best where it adds points', () => {
    const card = plainCard([1, 1], { groups: [{ id: 'all', label: 'All', combine: { kind: 'sum', start: 50, max: 100 } }] });
    const points: Card = { ...card, measures: card.measures.map((measure) => ({ ...measure, curve: { kind: 'line', points: [[0, -30], [10, 10]] } })) };
    expect(badness(points, [10, 5], [0, NaN])).toEqual([[0, 1], [0.5, NaN]]);
  });

  it('is the mean of what is said where nothing is said', () => {
    const column = Float64Array.of(0.2, NaN, 0.6);
    expect([saidIn(column), [...withMean(column)], [...withMean(Float64Array.of(NaN, NaN))]]).toEqual([2, [0.2, 0.4, 0.6], [0, 0]]);
  });

  it('counts for more where others are unknown: with shares of a half, a quarter and a quarter', () => {
    const columns = [[0, NaN, NaN], [0, 0, NaN], [0, NaN, NaN]].map((column) => Float64Array.from(column));
    // All known: once; only a quarter known: four times; nothing known: it is in no mean.
    expect(swelling(columns, [0.5, 0.25, 0.25])).toBe(2.5);
    expect(swelling([Float64Array.of(NaN)], [1])).toBe(1);
  });
});

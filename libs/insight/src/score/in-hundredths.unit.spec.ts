import { describe, expect, it } from '@jest/globals';
import { firstScorecard } from '../cards/first-scorecard.js';
import type { Card } from '../cards/card.js';
import { weighReadings } from './weigh.js';

/** A sum of 0 to 3 that starts at 1, with measures of at most one point: thirds of a hundred points. */
const thirds = (...most: number[]): Card => ({
  ...firstScorecard, groups: [{ id: 'all', label: 'All', combine: { kind: 'sum', start: 1, max: 3 } }],
  measures: most.map((best, at) => ({ ...firstScorecard.measures[at]!, group: 'all', ceilings: [], curve: { kind: 'line', points: [[0, 0], [1, best]] } })),
});
const figures = (card: Card, ...values: number[]) => {
  const { score, measures, extras } = weighReadings(values.map((value) => ({ value, refs: [1], age: 0, what: () => 'it' })), card);
  return { score, points: measures.map(({ points }) => points), most: measures.map(({ maxPoints }) => maxPoints), extras: extras.map(({ id, points }) => [id, points]) };
};

describe('What rounding leaves over', () => {
  it('goes to the start of a sum where every measure has all it can: 33.33 and 33.33 are 66.67', () => {
    expect(figures(thirds(1), 1)).toEqual({ score: 6667, points: [3333], most: [3333], extras: [['start:all', 3334]] });
  });

  it('goes to a measure that has room: 33.33 and 33.33 of 66.67', () => {
    expect(figures(thirds(2), 0.5)).toEqual({ score: 6667, points: [3334], most: [6667], extras: [['start:all', 3333]] });
  });

  it('goes to the bounds where they take something: 133.33 is 100', () => {
    expect(figures(thirds(2, 1), 1, 1)).toEqual({ score: 10_000, points: [6667, 3333], most: [6667, 3333], extras: [['start:all', 3333], ['limit:all', -3333]] });
  });
});

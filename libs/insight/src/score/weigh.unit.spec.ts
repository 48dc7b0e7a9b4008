import { describe, expect, it } from '@jest/globals';
import type { Card, CardMeasure, Combine } from '../cards/card.js';
import { weighReadings } from './weigh.js';

const measure: CardMeasure = { id: 'a', group: 'all', signal: 'measurement:a', weight: 1, label: 'A', unit: 'of 100', curve: { kind: 'line', points: [[0, 0], [100, 1]] }, staleAfter: null };
const cardOf = (more: Partial<CardMeasure>, combine: Combine = { kind: 'mean' }): Card => (
  { id: 'one', version: 1, bands: { healthy: 70, watch: 45, margin: 3, leastCoverage: 0 }, measureBands: { good: 0.75, fair: 0.4 }, groups: [{ id: 'all', label: 'All', combine }], measures: [{ ...measure, ...more }] });
const weighed = (card: Card, value: number) => weighReadings([{ value, refs: [1], age: 0, what: () => 'it' }], card);

describe('A ceiling', () => {
  it('holds nothing that is no higher than itself', () => {
    expect(weighed(cardOf({ ceilings: [{ upTo: 0.5, score: 50 }] }), 50)).toMatchObject({ score: 5_000, held: null });
    expect(weighed(cardOf({ ceilings: [{ upTo: 0.5, score: 49.99 }] }), 50)).toMatchObject({ score: 4_999, held: { index: 0, at: 4_999, cut: 1 } });
  });

  it('is held at the hundredth it says: 64.1 x 100 and 69.35 x 100 are a hair below it for the machine', () => {
    for (const [score, at] of [[64.1, 6_410], [69.35, 6_935]] as const) {
      expect(score * 100).toBeLessThan(at);
      expect(weighed(cardOf({ ceilings: [{ upTo: 1, score }] }), 90)).toMatchObject({ score: at, held: { at } });
    }
  });
});

it('Points that are the same whatever is read are at their best, so that no ceiling below the best applies', () => {
  const flat = cardOf({ curve: { kind: 'line', points: [[0, 6]] }, ceilings: [{ upTo: 0.9, score: 20 }] }, { kind: 'sum', start: 0, max: 10 });
  expect(weighed(flat, 5)).toMatchObject({ score: 6_000, held: null, measures: [{ quality: 1, points: 6_000 }] });
});

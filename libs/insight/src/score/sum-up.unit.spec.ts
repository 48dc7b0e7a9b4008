import { expect, it } from '@jest/globals';
import type { Card, CardMeasure } from '../cards/card.js';
import { weighReadings } from './weigh.js';

const measure = (id: string): CardMeasure => ({ id, group: 'all', signal: `measurement:${id}`, weight: 1, label: id, unit: 'of 100', curve: { kind: 'line', points: [[0, 0], [100, 1]] }, staleAfter: null });
const card: Card = {
  id: 'worst', version: 1, bands: { healthy: 70, watch: 45, margin: 3, leastCoverage: 0 }, measureBands: { good: 0.75, fair: 0.4 },
  groups: [{ id: 'all', label: 'All', combine: { kind: 'worst' } }], measures: ['a', 'b', 'c', 'd'].map(measure),
};

it('Of equally bad members of a group that counts its worst, the first that is known is the one that counts', () => {
  const read = [null, 40, 40, 90].map((value) => (value === null ? { missing: 'nobody said' } : { value, refs: [1], age: 0, what: () => 'it' }));
  expect(weighReadings(read, card)).toMatchObject({ score: 4_000, measures: [{ points: 0, maxPoints: 0 }, { points: 4_000, maxPoints: 10_000 }, { points: 0, maxPoints: 0 }, { points: 0, maxPoints: 0 }] });
});

import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { stratifiedFolds } from './folds.js';

describe('Stratified folds', () => {
  it('judge each row once, and give each fold its share of the leavers', () => {
    fc.assert(fc.property(fc.array(fc.integer({ min: 0, max: 1 }), { minLength: 1, maxLength: 200 }), fc.integer({ min: 2, max: 10 }), fc.nat(), (labels, count, seed) => {
      const folds = stratifiedFolds(labels, count, seed);
      expect(folds.flatMap(({ test }) => [...test]).sort((a, b) => a - b)).toEqual(labels.map((_, row) => row));
      for (const label of [0, 1]) {
        const counts = folds.map(({ test }) => [...test].filter((row) => labels[row] === label).length);
        expect(Math.max(...counts) - Math.min(...counts)).toBeLessThanOrEqual(1);
      }
      for (const { train, test } of folds) expect(new Set([...train, ...test]).size).toBe(labels.length);
    }));
  });

  it('are the same for the same seed, others for another, and not in the order of the rows', () => {
    const labels = Array.from({ length: 100 }, (_, row) => row % 2);
    const told = (seed: number) => stratifiedFolds(labels, 5, seed).map(({ test }) => [...test]);
    expect(told(1)).toEqual(told(1));
    expect(told(1)).not.toEqual(told(2));
    expect(told(1)[0]).not.toEqual(labels.flatMap((_, row) => (row % 5 === 0 ? [row] : [])));
  });
});

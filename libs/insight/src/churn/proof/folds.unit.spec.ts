import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { lastStarts, rollingOrigin, stratifiedFolds } from './folds.js';

describe('Rolling origin', () => {
  const days = Array.from({ length: 12 }, (_, month) => month * 30);
  const knownOn = days.map((day) => day + 7 + 90);

  it('learns from what was known on the first day that it judges, and from nothing else', () => {
    const folds = rollingOrigin({ days, knownOn }, { starts: [240, 300], until: 330 });
    // Of day 240, labels are known of rows up to day 143: months 0 to 4. Of day 300: up to day 203.
    expect(folds.map(({ train, test }) => [[...train], [...test]])).toEqual([[[0, 1, 2, 3, 4], [8, 9]], [[0, 1, 2, 3, 4, 5, 6], [10, 11]]]);
    expect(rollingOrigin({ days, knownOn: days.map((day) => day + 60) }, { starts: [240], until: 330 })[0]!.train).toHaveLength(7);
  });

  it('may forget what is long ago, and leaves out what it cannot judge', () => {
    expect([...rollingOrigin({ days, knownOn }, { starts: [240], until: 330, lookBack: 150 })[0]!.train]).toEqual([3, 4]);
    expect(rollingOrigin({ days, knownOn }, { starts: [0, 90, 400], until: 500 })).toEqual([]);
  });

  it('never lets a label lie after the moment of a prediction, and judges no row twice', () => {
    const dated = fc.array(fc.record({ day: fc.nat(400), ahead: fc.nat(200) }), { maxLength: 80 });
    fc.assert(fc.property(dated, fc.uniqueArray(fc.nat(400), { maxLength: 6 }), fc.nat(500), (rows, starts, until) => {
      const [theirs, known] = [rows.map(({ day }) => day), rows.map(({ day, ahead }) => day + ahead)];
      const folds = rollingOrigin({ days: theirs, knownOn: known }, { starts: starts.toSorted((a, b) => a - b), until });
      for (const { train, test } of folds) {
        const first = Math.min(...Array.from(test, (row) => theirs[row]!));
        for (const row of train) expect(known[row]! <= first && theirs[row]! < first).toBe(true);
      }
      const judged = folds.flatMap(({ test }) => [...test]);
      expect(new Set(judged).size).toBe(judged.length);
    }));
  });

  it('of the last stretches begins as many days of rows before the end', () => {
    expect(lastStarts([...days, ...days], 2, 3)).toEqual([180, 270]);
    expect(lastStarts(days, 5, 4)).toEqual([0, 120, 240]);
  });
});

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

import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { effectiveCount, meanOf, proportion, shareDifference, student, weightedError, weightedMean } from './figure.js';

describe('A share', () => {
  it('has the interval of Wilson, as published for 81 of 263, 15 of 148, 0 of 20 and 1 of 29', () => {
    // R. G. Newcombe, Two-sided confidence intervals for the single proportion, Statistics in Medicine 17 (1998), table I, method 3.
    for (const [hits, n, low, high] of [[81, 263, 0.2553, 0.3662], [15, 148, 0.0624, 0.1605], [0, 20, 0, 0.1611], [1, 29, 0.0061, 0.1718]] as const) {
      const figure = proportion(hits, n);
      expect(figure.low).toBeCloseTo(low, 4);
      expect(figure.high).toBeCloseTo(high, 4);
    }
  });

  it('lies in its interval, which lies within 0 and 1; of nothing nothing is said', () => {
    fc.assert(fc.property(fc.nat(500), fc.nat(500), (hits, others) => {
      const { n, value, low, high } = proportion(hits, hits + others);
      expect(n).toBe(hits + others);
      if (n === 0) expect([value, low, high]).toEqual([null, null, null]);
      else expect(0 <= low! && low! <= value! && value! <= high! && high! <= 1).toBe(true);
    }));
  });

  it('less another has the interval of Newcombe, as published for 56 of 70 and 48 of 80', () => {
    // R. G. Newcombe, Interval estimation for the difference between independent proportions, Statistics in Medicine 17 (1998), table II, method 10.
    const figure = shareDifference(56, 70, 48, 80);
    expect(figure.value).toBeCloseTo(0.2, 10);
    expect([figure.low, figure.high].map((bound) => bound!.toFixed(4))).toEqual(['0.0524', '0.3339']);
    expect(shareDifference(1, 2, 0, 0).value).toBeNull();
  });
});

describe('A mean', () => {
  it('has the interval of Student, whose points are those of the tables', () => {
    for (const [degrees, point] of [[1, 12.706], [2, 4.303], [3, 3.182], [5, 2.571], [10, 2.228], [30, 2.042], [120, 1.980]] as const) expect(Math.abs(student(degrees) / point - 1)).toBeLessThan(0.002);
    const { value, low, high } = meanOf([1, 2, 3, 4, 5]);
    expect([value, low!.toFixed(3), high!.toFixed(3)]).toEqual([3, '1.037', '4.963']);
  });

  it('of one value has no interval, of equal values one without width, of none no value', () => {
    expect(meanOf([7])).toEqual({ n: 1, value: 7, low: null, high: null });
    expect(meanOf([7, 7, 7])).toEqual({ n: 3, value: 7, low: 7, high: 7 });
    expect(meanOf([])).toEqual({ n: 0, value: null, low: null, high: null });
  });

  it('with equal weights is the plain one, with others unchanged by a common factor, and never outside its values', () => {
    const items = fc.array(fc.record({ value: fc.integer({ min: -100, max: 100 }), weight: fc.integer({ min: 0, max: 1_000 }) }), { minLength: 2, maxLength: 20 });
    fc.assert(fc.property(items, (all) => {
      const weighted = weightedMean(all);
      const twice = weightedMean(all.map(({ value, weight }) => ({ value, weight: 8 * weight })));
      const counted = all.filter(({ weight }) => weight > 0);
      expect(weighted.n).toBe(counted.length);
      if (weighted.value === null) return;
      expect(weighted.value).toBeCloseTo(twice.value!, 9);
      if (weighted.low !== null) expect(weighted.low).toBeCloseTo(twice.low!, 6);
      expect(weighted.value).toBeGreaterThanOrEqual(Math.min(...counted.map(({ value }) => value)) - 1e-9);
      expect(weighted.value).toBeLessThanOrEqual(Math.max(...counted.map(({ value }) => value)) + 1e-9);
      const plain = all.map(({ value }) => value);
      const [mean, n] = [plain.reduce((total, value) => total + value, 0) / plain.length, plain.length];
      const error = Math.sqrt(plain.reduce((total, value) => total + (value - mean) ** 2, 0) / (n - 1) / n);
      expect(weightedError(plain.map((value) => ({ value, weight: 3 })))).toBeCloseTo(error, 9);
    }));
  });

  it('says as much as so many values of one weight: all of them where they weigh the same, one where one weighs all', () => {
    expect(effectiveCount([5, 5, 5, 5])).toBeCloseTo(4, 12);
    expect(effectiveCount([1e9, 0, 0])).toBe(1);
    expect(effectiveCount([3, 1])).toBeCloseTo(1.6, 12);
    expect(effectiveCount([])).toBe(0);
  });
});

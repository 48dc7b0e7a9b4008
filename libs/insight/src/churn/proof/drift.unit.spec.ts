import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { calibrationDrift, countsIn, edgesOf, populationStability } from './drift.js';
import { randomOf } from './random.js';

describe('The population stability index', () => {
  it('of shares of 10, 20, 30 and 40 % that become 20, 20, 20 and 40 % is 0.1099', () => {
    expect(populationStability([1_000, 2_000, 3_000, 4_000], [2_000, 2_000, 2_000, 4_000])).toMatchObject({ index: expect.closeTo(0.10986122886681095, 12), level: 'moved', rows: 10_000 });
  });

  it('is called by the usual thresholds', () => {
    const level = (share: number) => populationStability([5_000, 5_000], [10_000 * share, 10_000 * (1 - share)])!.level;
    expect([0.5, 0.6, 0.7, 0.8].map(level)).toEqual(['stable', 'stable', 'moved', 'shifted']);
  });

  it('does not raise an alarm for what so few rows do by chance', () => {
    expect(populationStability([100, 100, 100, 100], [3, 1, 4, 2])).toMatchObject({ level: 'stable' });
    expect(populationStability([100, 100, 100, 100], [3, 1, 4, 2])!.index).toBeGreaterThan(0.1);
    // 95 % point of chi square with 3 degrees of freedom: 7.815.
    expect(populationStability([100, 100, 100, 100], [3, 1, 4, 2])!.byChance).toBeCloseTo(7.815 * (1 / 400 + 1 / 10), 2);
    const random = randomOf(3);
    const alarms = Array.from({ length: 400 }, () => {
      const counts = () => { const made = new Array<number>(10).fill(0); for (let row = 0; row < 200; row++) made[random.below(10)]! += 1; return made; };
      const { index, byChance } = populationStability(counts(), counts())!;
      return Number(index > byChance);
    });
    expect(alarms.reduce((sum, alarm) => sum + alarm, 0) / 400).toBeLessThan(0.09);
  });

  it('is finite for an empty bin, 0 for the same shares and null where nothing is there', () => {
    expect(populationStability([50, 50, 0], [0, 50, 50])!.index).toBeGreaterThan(1);
    expect(populationStability([5, 10, 5], [50, 100, 50])!.index).toBeCloseTo(0, 12);
    expect([populationStability([0, 0], [1, 2]), populationStability([1, 2], [0, 0])]).toEqual([null, null]);
  });
});

describe('Bins', () => {
  it('hold about as many values each, and every value once', () => {
    const values = Array.from({ length: 100 }, (_, row) => (row * 37) % 100);
    expect(countsIn(values, edgesOf(values, 4))).toEqual([25, 25, 25, 25]);
    fc.assert(fc.property(fc.array(fc.integer({ min: -5, max: 5 })), fc.integer({ min: 1, max: 12 }), (some, bins) => {
      const counts = countsIn(some, edgesOf(some, bins));
      expect(counts.reduce((sum, count) => sum + count, 0)).toBe(some.length);
      if (some.length > 0) expect(counts.every((count) => count > 0)).toBe(true);
    }));
  });

  it('are fewer where most values are the same', () => {
    const values = [...new Array<number>(80).fill(0), ...Array.from({ length: 20 }, (_, row) => row + 1)];
    expect(countsIn(values, edgesOf(values, 10))).toEqual([80, 10, 10]);
    expect([edgesOf([7, 7, 7]), edgesOf([])]).toEqual([[], []]);
  });
});

describe('Calibration over time', () => {
  it('has moved where what was said lies outside of the interval of what came', () => {
    const chances = (chance: number) => new Array<number>(263).fill(chance);
    const labels = Array.from({ length: 263 }, (_, row) => Number(row < 81));
    expect(calibrationDrift(chances(0.3), labels)).toEqual({ rows: 263, left: 81, observed: 81 / 263, low: expect.closeTo(0.2553, 4), high: expect.closeTo(0.3662, 4), expected: expect.closeTo(0.3, 9), level: 'as said' });
    expect([calibrationDrift(chances(0.25), labels)!.level, calibrationDrift(chances(0.37), labels)!.level, calibrationDrift([], [])]).toEqual(['more left', 'fewer left', null]);
  });
});

import { describe, expect, it } from '@jest/globals';
import { calibrationDrift, populationStability } from './drift.js';
import { randomOf } from './random.js';

const stability = (then: readonly number[], now: readonly number[]) => {
  const [[before, was], [rows, is]] = [then, now].map((counts): [number, number[]] => {
    const total = counts.reduce((sum, count) => sum + count, 0);
    return [total, counts.map((count) => count / total)];
  }) as [[number, number[]], [number, number[]]];
  return populationStability(was, is, { then: before, now: rows });
};

describe('The population stability index', () => {
  it('of shares of 10, 20, 30 and 40 % that become 20, 20, 20 and 40 % is 0.1099', () => {
    expect(stability([1_000, 2_000, 3_000, 4_000], [2_000, 2_000, 2_000, 4_000])).toMatchObject({ index: expect.closeTo(0.10986122886681095, 12), level: 'moved', rows: 10_000 });
  });

  it('is called by the usual thresholds', () => {
    const level = (share: number) => stability([5_000, 5_000], [10_000 * share, 10_000 * (1 - share)])!.level;
    expect([0.5, 0.6, 0.7, 0.8].map(level)).toEqual(['stable', 'stable', 'moved', 'shifted']);
  });

  it('does not raise an alarm for what so few rows do by chance', () => {
    expect(stability([100, 100, 100, 100], [3, 1, 4, 2])).toMatchObject({ level: 'stable' });
    expect(stability([100, 100, 100, 100], [3, 1, 4, 2])!.index).toBeGreaterThan(0.1);
    // 95 % point of chi square with 3 degrees of freedom: 7.815.
    expect(stability([100, 100, 100, 100], [3, 1, 4, 2])!.byChance).toBeCloseTo(7.815 * (1 / 400 + 1 / 10), 2);
    const random = randomOf(3);
    const alarms = Array.from({ length: 400 }, () => {
      const counts = () => { const made = new Array<number>(10).fill(0); for (let row = 0; row < 200; row++) made[random.below(10)]! += 1; return made; };
      const { index, byChance } = stability(counts(), counts())!;
      return Number(index > byChance);
    });
    expect(alarms.reduce((sum, alarm) => sum + alarm, 0) / 400).toBeLessThan(0.09);
  });

  it('is finite for an empty bin, 0 for the same shares and null where nothing is there', () => {
    expect(stability([50, 50, 0], [0, 50, 50])!.index).toBeCloseTo(2 * 0.4999 * Math.log(5_000), 10);
    expect(stability([5, 10, 5], [50, 100, 50])!.index).toBeCloseTo(0, 12);
    expect([stability([0, 0], [1, 2]), stability([1, 2], [0, 0])]).toEqual([null, null]);
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

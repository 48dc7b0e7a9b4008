import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { apportion } from './apportion.js';

describe('Rounding parts that must sum', () => {
  it('gives the rest to the largest part', () => {
    expect(apportion([33.4, 33.4, 33.2], 100)).toEqual([34, 33, 33]);
    expect(apportion([0.5, 0.5, 0.5, 98.5], 100)).toEqual([1, 1, 1, 97]);
  });

  it('never passes a limit: what does not fit goes to the next', () => {
    expect(apportion([50.4, 49.6], 101, [50, 51])).toEqual([50, 51]);
  });

  it('sums exactly, stays within limits and moves no part by more than half a unit per part', () => {
    const cases = fc.array(fc.tuple(fc.double({ min: 0, max: 900, noNaN: true }), fc.double({ min: 0, max: 1, noNaN: true })), { minLength: 1, maxLength: 25 });
    fc.assert(fc.property(cases, (pairs) => {
      const all = pairs.reduce((sum, [weight]) => sum + weight, 0);
      fc.pre(all > 1);
      const full = pairs.map(([weight]) => (10_000 * weight) / all);
      const limits = apportion(full, 10_000);
      const parts = full.map((share, index) => share * pairs[index]![1]);
      const total = Math.round(parts.reduce((sum, part) => sum + part, 0));
      const whole = apportion(parts, total, limits);
      expect(whole.reduce((sum, part) => sum + part, 0)).toBe(total);
      whole.forEach((part, index) => {
        expect(part).toBeGreaterThanOrEqual(0);
        expect(part).toBeLessThanOrEqual(limits[index]!);
        expect(Math.abs(part - parts[index]!)).toBeLessThanOrEqual(pairs.length / 2 + 1);
      });
    }));
  });
});

import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { kaplanMeier, quantileOf, type Spell } from './kaplan-meier.js';

const ended = (...times: number[]): Spell[] => times.map((time) => ({ time, ended: true }));
const watched = (...times: number[]): Spell[] => times.map((time) => ({ time, ended: false }));

/**
 * Weeks of remission of 42 children with leukaemia: E. J. Freireich et al., Blood 21 (1963) 699-716, as given by E. A. Gehan, Biometrika 52 (1965) 203-223.
 * Shares and medians as published of them time and again (6-MP 23 weeks, placebo 8); the intervals were worked out apart from this code, in exact fractions from Greenwood's sum.
 */
const treated = [...ended(6, 6, 6, 7, 10, 13, 16, 22, 23), ...watched(6, 9, 10, 11, 17, 19, 20, 25, 32, 32, 34, 35)];
const placebo = ended(1, 1, 2, 2, 3, 4, 4, 5, 5, 8, 8, 8, 8, 11, 11, 12, 12, 15, 17, 22, 23);
const times = fc.array(fc.record({ time: fc.nat(60), ended: fc.boolean() }), { minLength: 1, maxLength: 60 });

describe('Kaplan and Meier', () => {
  it('has the shares and intervals of 6-MP', () => {
    const curve = kaplanMeier(treated).filter((point) => point.ended > 0);
    expect(curve.map(({ time, atRisk, lasts }) => [time, atRisk, lasts.toFixed(3)])).toEqual([
      [6, 21, '0.857'], [7, 17, '0.807'], [10, 15, '0.753'], [13, 12, '0.690'], [16, 11, '0.627'], [22, 7, '0.538'], [23, 6, '0.448'],
    ]);
    expect(curve.map(({ low, high }) => [low!.toFixed(4), high!.toFixed(4)])).toEqual([
      ['0.6197', '0.9516'], ['0.5631', '0.9228'], ['0.5032', '0.8894'], ['0.4316', '0.8491'], ['0.3675', '0.8049'], ['0.2678', '0.7468'], ['0.1881', '0.6801'],
    ]);
    expect(quantileOf(curve, 0.5)).toEqual({ value: 23, low: 13, high: null });
  });

  it('has the median of placebo, of whom nobody was lost', () => {
    expect(quantileOf(kaplanMeier(placebo), 0.5)).toEqual({ value: 8, low: 4, high: 11 });
    expect(kaplanMeier(placebo).at(-1)).toMatchObject({ time: 23, atRisk: 1, lasts: 0, low: 0, high: null });
  });

  it('is the share that lasts longer where nobody is censored', () => {
    fc.assert(fc.property(fc.array(fc.nat(40), { minLength: 1, maxLength: 60 }), (all) => {
      for (const { time, lasts } of kaplanMeier(ended(...all))) expect(lasts).toBeCloseTo(all.filter((each) => each > time).length / all.length, 9);
    }));
  });

  it('never rises, lies within its interval, and counts everybody once', () => {
    fc.assert(fc.property(times, (spells) => {
      const curve = kaplanMeier(spells);
      curve.forEach(({ lasts, low, high }, place) => {
        expect(lasts).toBeLessThanOrEqual((curve[place - 1]?.lasts ?? 1) + 1e-12);
        if (low !== null && high !== null) expect([low <= lasts + 1e-12, lasts <= high + 1e-12, low >= 0, high <= 1]).toEqual([true, true, true, true]);
      });
      expect(curve.reduce((sum, point) => sum + point.ended + point.censored, 0)).toBe(spells.length);
    }));
  });

  it('takes its spells in any order', () => {
    fc.assert(fc.property(times, (spells) => expect(kaplanMeier(spells.toReversed())).toEqual(kaplanMeier(spells))));
  });

  it('says nothing of nobody, and no median where fewer than half have ended', () => {
    expect([kaplanMeier([]), quantileOf(kaplanMeier([]), 0.5)]).toEqual([[], { value: null, low: null, high: null }]);
    expect(quantileOf(kaplanMeier([...ended(3), ...watched(5, 6)]), 0.5).value).toBeNull();
  });
});

import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { fitPlatt, plattLogOdds } from './calibration.js';
import { fitIsotonic, isotonicChance } from './isotonic.js';
import { sigmoid } from './table.js';

const judged = fc.array(fc.tuple(fc.double({ min: -20, max: 20, noNaN: true }), fc.integer({ min: 0, max: 1 })), { minLength: 1, maxLength: 60 })
  .map((rows) => ({ logOdds: Float64Array.from(rows, ([value]) => value), labels: Uint8Array.from(rows, ([, label]) => label) }));

describe("Platt's calibration", () => {
  it('takes back what was done to log-odds that were right', () => {
    // Ten thousand rows whose share of ones at each log-odds is exactly its chance, to the nearest of 500.
    const right = Array.from({ length: 20 }, (_, level) => (level - 10) / 4);
    const rows = right.flatMap((value) => Array.from({ length: 500 }, (_, row) => ({ value, label: Number(row < Math.round(500 * sigmoid(value))) })));
    const platt = fitPlatt(Float64Array.from(rows, ({ value }) => 2 * value + 1), Uint8Array.from(rows, ({ label }) => label));
    expect(platt.slope).toBeCloseTo(0.5, 2);
    expect(platt.intercept).toBeCloseTo(-0.5, 2);
    expect(plattLogOdds(platt, 3)).toBeCloseTo(1, 1);
  });

  it('balances what the rows say against where it starts from', () => {
    fc.assert(fc.property(judged, fc.double({ min: -2, max: 2, noNaN: true }), ({ logOdds, labels }, shift) => {
      const towards = { slope: 1 + shift / 4, intercept: shift };
      const { slope, intercept } = fitPlatt(logOdds, labels, { towards });
      const rests = logOdds.map((value, row) => labels[row]! - sigmoid(intercept + slope * value));
      expect(rests.reduce((sum, rest) => sum + rest, 0)).toBeCloseTo(intercept - towards.intercept, 4);
      expect(rests.reduce((sum, rest, row) => sum + rest * logOdds[row]!, 0)).toBeCloseTo(slope - towards.slope, 4);
    }));
  });

  it('ends, with finite numbers, also where all labels are the same or log-odds separate them', () => {
    fc.assert(fc.property(judged, ({ logOdds, labels }) => {
      const { slope, intercept } = fitPlatt(logOdds, labels);
      expect([slope, intercept].every(Number.isFinite)).toBe(true);
    }));
    const separated = fitPlatt(Float64Array.of(-2, -1, 1, 2), Uint8Array.of(0, 0, 1, 1));
    expect(separated.slope).toBeGreaterThan(1);
    expect(separated.slope).toBeLessThan(3);
  });

  it('is the one to start from where there is nothing to learn from', () => {
    expect(fitPlatt(new Float64Array(), new Uint8Array(), { towards: { slope: 0.8, intercept: -1 } })).toEqual({ slope: 0.8, intercept: -1 });
  });
});

describe('Isotonic calibration', () => {
  it('never falls and stays a chance', () => {
    fc.assert(fc.property(judged, ({ logOdds, labels }) => {
      const isotonic = fitIsotonic(logOdds, labels);
      const chances = [-30, ...logOdds, 30].sort((one, other) => one - other).map((value) => isotonicChance(isotonic, value));
      chances.forEach((chance, place) => {
        expect(chance).toBeGreaterThanOrEqual(place === 0 ? 0 : chances[place - 1]! - 1e-12);
        expect(chance).toBeLessThanOrEqual(1);
      });
    }));
  });

  it('pools what falls, and equal log-odds', () => {
    expect(fitIsotonic(Float64Array.of(1, 2, 3, 4, 4, 5), Uint8Array.of(0, 1, 0, 0, 1, 1))).toEqual({ logOdds: [1, 3.25, 5], chances: [0, 0.5, 1] });
    expect(fitIsotonic(Float64Array.of(1, 1, 2), Uint8Array.of(0, 1, 1))).toEqual({ logOdds: [1, 2], chances: [0.5, 1] });
  });

  it('runs straight between its points and flat beyond them', () => {
    const isotonic = { logOdds: [-1, 1], chances: [0.2, 0.4] };
    expect([-9, -1, 0, 1, 9].map((value) => isotonicChance(isotonic, value))).toEqual([0.2, 0.2, expect.closeTo(0.3, 12), 0.4, 0.4]);
  });

  it('and the other refuse what is no number, or has no label', () => {
    for (const fit of [fitPlatt, fitIsotonic]) {
      expect(() => fit(Float64Array.of(Number.NaN), Uint8Array.of(1))).toThrow(RangeError);
      expect(() => fit(Float64Array.of(1, 2), Uint8Array.of(1))).toThrow('2 log-odds for 1 labels');
    }
  });
});

import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { prAuc, rocAuc, rocPoints } from './auc.js';
import { calibrationBins, ece } from './calibration-bins.js';
import { calibrationIntercept, calibrationSlope } from './calibration-line.js';
import { brier, logLoss } from './distance.js';
import { capturedAt, liftAt, liftByTenth } from './lift.js';
import { wilson } from './wilson.js';

const chances = [0.9, 0.8, 0.8, 0.7, 0.6, 0.5, 0.5, 0.5, 0.4, 0.3, 0.2, 0.1];
const labels = [1, 1, 0, 1, 0, 1, 0, 0, 0, 1, 0, 0];

/** Chances in twentieths, so that many are the same, and what came. */
const rows = fc.array(fc.tuple(fc.integer({ min: 1, max: 19 }), fc.integer({ min: 0, max: 1 })), { maxLength: 40 })
  .map((pairs) => ({ chances: pairs.map(([p]) => p / 20), labels: pairs.map(([, y]) => y) }));

describe('Figures of a ranking', () => {
  it('are those of scikit-learn 1.9.1 (roc_auc_score, average_precision_score), ties included', () => {
    expect(rocAuc(chances, labels)).toBeCloseTo(0.7285714285714285, 14);
    expect(prAuc(chances, labels)).toBeCloseTo(0.6833333333333333, 14);
  });

  it('count every pair of a leaver and a stayer once, whatever the order of the rows', () => {
    fc.assert(fc.property(rows, ({ chances: p, labels: y }) => {
      const pairs = p.flatMap((one, row) => (y[row] === 1 ? p.flatMap((other, place) => (y[place] === 0 ? [one > other ? 1 : one === other ? 0.5 : 0] : [])) : []));
      const counted = pairs.length === 0 ? null : pairs.reduce<number>((sum, part) => sum + part, 0) / pairs.length;
      if (counted === null) expect(rocAuc(p, y)).toBeNull();
      else expect(rocAuc(p, y)).toBeCloseTo(counted, 12);
      expect(prAuc(p, y)).toEqual(prAuc(p.toReversed(), y.toReversed()));
      const points = rocPoints(p, y, 1e9);
      const area = points.slice(1).reduce((sum, point, place) => sum + (point.stayers - points[place]!.stayers) * (point.leavers + points[place]!.leavers) / 2, 0);
      if (counted !== null) expect(area).toBeCloseTo(counted, 12);
    }));
  });

  it('draw the curve with as few points as are asked for, from end to end', () => {
    const many = Array.from({ length: 5_000 }, (_, row) => Math.sin(row));
    const points = rocPoints(many, many.map((p, row) => Number(p + Math.cos(row * row) > 0)), 50);
    expect([points.length <= 60, points[0], points.at(-1)]).toEqual([true, { stayers: 0, leavers: 0 }, { stayers: 1, leavers: 1 }]);
  });

  it('catch the part of the leavers, and of their amounts, that lies above the cut', () => {
    // The riskiest quarter of twelve rows: 0.9 and both of 0.8.
    expect(capturedAt(chances, labels, null, 0.25)).toBeCloseTo(2 / 5, 12);
    expect(liftAt(chances, labels, 0.25)).toBeCloseTo((2 / 3) / (5 / 12), 12);
    // A sixth is two rows: 0.9 and one of the two of 0.8, of which one left.
    expect(liftAt(chances, labels, 1 / 6)).toBeCloseTo((1.5 / 2) / (5 / 12), 12);
    expect(capturedAt(chances, labels, [100, 10, 0, 20, 0, 30, 0, 0, 0, 40, 0, 0], 1 / 6)).toBeCloseTo(105 / 200, 12);
    expect(capturedAt(chances, labels, chances.map(() => 0), 0.25)).toBeNull();
  });

  it('by tenths average to a lift of 1 and end with all leavers', () => {
    fc.assert(fc.property(rows, ({ chances: p, labels: y }) => {
      const tenths = liftByTenth(p, y);
      if (!y.includes(1)) return expect(tenths).toEqual([]);
      expect(tenths.reduce((sum, { lift }) => sum + lift, 0) / 10).toBeCloseTo(1, 10);
      expect(tenths[9]!.captured).toBeCloseTo(1, 10);
      expect(tenths[0]!.lift).toBeCloseTo(liftAt(p, y, 0.1)!, 10);
    }));
  });
});

describe('Figures of chances', () => {
  it('are those of scikit-learn 1.9.1 (log_loss, brier_score_loss)', () => {
    expect(logLoss(chances, labels)).toBeCloseTo(0.6111376409969018, 14);
    expect(brier(chances, labels)).toBeCloseTo(0.21583333333333332, 14);
  });

  it('of whoever was certain and wrong are bad but finite', () => {
    expect(logLoss([0], [1])).toBeCloseTo(34.54, 2);
    expect(calibrationIntercept([0, 0.5, 1], [1, 0, 0])).not.toBeNull();
  });

  it('have the slope and the intercept of statsmodels 0.15.0 (Logit; GLM with an offset)', () => {
    expect(calibrationSlope(chances, labels)).toBeCloseTo(0.87907212, 7);
    expect(calibrationIntercept(chances, labels)).toBeCloseTo(-0.56387744, 7);
  });

  it('have no slope where a line could be as steep as one likes', () => {
    expect([calibrationSlope([0.1, 0.2, 0.8], [0, 0, 1]), calibrationSlope([0.1, 0.1, 0.1], [0, 1, 0]), calibrationSlope([0.1, 0.5, 0.5, 0.9], [0, 0, 1, 1])]).toEqual([null, null, null]);
    expect(calibrationSlope([0.1, 0.4, 0.5, 0.9], [0, 1, 0, 1])).toBeGreaterThan(0);
  });

  it('have an error of calibration over bins of as many rows each (numpy.array_split of the sorted rows)', () => {
    const p = [0.03, 0.07, 0.11, 0.12, 0.18, 0.22, 0.25, 0.31, 0.36, 0.44, 0.52, 0.58, 0.61];
    const y = [0, 0, 0, 1, 0, 0, 1, 0, 1, 0, 1, 1, 0];
    expect(ece(p, y, 4)).toBeCloseTo(0.10923076923076921, 14);
    expect(calibrationBins(p, y, 4).map(({ rows: n }) => n)).toEqual([4, 3, 3, 3]);
    expect(calibrationBins(p, y, 4)[1]).toEqual({ from: 0.18, to: 0.25, predicted: (0.18 + 0.22 + 0.25) / 3, observed: 1 / 3, low: wilson(1, 3)[0], high: wilson(1, 3)[1], rows: 3, events: 1 });
  });

  it('lose no row and part no rows with the same chance when they are put into bins', () => {
    fc.assert(fc.property(rows, fc.integer({ min: 1, max: 12 }), ({ chances: p, labels: y }, count) => {
      const bins = calibrationBins(p, y, count);
      expect(bins.reduce((sum, bin) => sum + bin.rows, 0)).toBe(p.length);
      expect(bins.reduce((sum, bin) => sum + bin.events, 0)).toBe(y.filter((label) => label === 1).length);
      expect(bins.length).toBeLessThanOrEqual(count);
      bins.slice(1).forEach((bin, place) => expect(bin.from).toBeGreaterThan(bins[place]!.to));
    }));
  });
});

describe('A figure that cannot be had', () => {
  const all = (p: number[], y: number[]) => ({
    rocAuc: rocAuc(p, y), prAuc: prAuc(p, y), logLoss: logLoss(p, y), brier: brier(p, y), slope: calibrationSlope(p, y), intercept: calibrationIntercept(p, y), ece: ece(p, y),
    lift: liftAt(p, y, 0.1), captured: capturedAt(p, y, p, 0.1),
  });

  it('is null: without rows, without leavers, without stayers', () => {
    expect(new Set(Object.values(all([], [])))).toEqual(new Set([null]));
    expect(all([0.2, 0.4], [0, 0])).toMatchObject({ rocAuc: null, prAuc: null, slope: null, intercept: null, lift: null, captured: null, ece: expect.closeTo(0.3, 12) });
    expect(all([0.2, 0.4], [1, 1])).toMatchObject({ rocAuc: null, prAuc: 1, slope: null, intercept: null, lift: 1 });
    expect(all([0.5], [1])).toMatchObject({ rocAuc: null, prAuc: 1, brier: 0.25, ece: 0.5 });
  });

  it('is half of the pairs and the base rate where all were given the same chance', () => {
    expect(all([0.3, 0.3, 0.3, 0.3], [0, 1, 0, 0])).toMatchObject({ rocAuc: 0.5, prAuc: 0.25, lift: 1, slope: null });
  });

  it('is never NaN, and a score that is none is refused', () => {
    fc.assert(fc.property(rows, ({ chances: p, labels: y }) => Object.values(all(p, y)).every((figure) => figure === null || Number.isFinite(figure))));
    expect(() => rocAuc([NaN, 1], [0, 1])).toThrow('the score of row 0 is no number');
    expect(() => brier([NaN], [0])).toThrow(RangeError);
  });
});

describe('The interval of a share', () => {
  it.each([[81, 263, 0.2553, 0.3662], [15, 148, 0.0624, 0.1605], [0, 20, 0, 0.1611], [1, 29, 0.0061, 0.1718]])('of %d of %d is that of Newcombe (1998, method 3)', (events, n, low, high) => {
    expect(wilson(events, n).map((end) => Number(end.toFixed(4)))).toEqual([low, high]);
  });

  it('is everything where nothing was seen', () => {
    expect([wilson(0, 0), wilson(5, 5)[1]]).toEqual([[0, 1], 1]);
  });
});

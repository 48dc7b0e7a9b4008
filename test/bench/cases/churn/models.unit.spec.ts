import { describe, expect, it } from '@jest/globals';
import { finish } from '../../../../libs/insight/src/churn/models/steps.js';
import { chanceAlive, expectedPurchases, fitBgNbd } from '../../../../libs/insight/src/churn/models/bg-nbd.js';
import { cdnowBuyers } from './cdnow.js';
import { crossValidated, type Quality } from './cross-validated.js';
import { FITS } from './fits.js';
import { coverage, freshSlope } from './simulated.js';
import { telcoTable } from './telco.js';

describe("On IBM's Telco customers, ten stratified folds once (three times: npm run bench -- --only churn-reference),", () => {
  const qualityOf = (name: keyof typeof FITS): Quality => finish(crossValidated(telcoTable(), FITS[name], [1]));

  it('there are 7,043, of whom 1,869 left', () => {
    const { columns, labels } = telcoTable();
    expect([columns.length, labels.length, labels.reduce((sum, label) => sum + label, 0)]).toEqual([45, 7_043, 1_869]);
  });

  it('the logistic model with isotonic calibration is as good as the reference', () => {
    const { auc, brier, ece } = qualityOf('logistic, isotonic');
    expect(auc).toBeGreaterThanOrEqual(0.845);
    expect(brier).toBeLessThanOrEqual(0.1357);
    expect(ece).toBeLessThanOrEqual(0.012);
  });

  it('the additive model is', () => {
    const { auc, brier, ece } = qualityOf('additive');
    expect(auc).toBeGreaterThanOrEqual(0.848);
    expect(brier).toBeLessThanOrEqual(0.1342);
    expect(ece).toBeLessThanOrEqual(0.012);
  });

  it('no figure is so good that a label must have leaked', () => {
    expect(qualityOf('logistic, as it is').auc).toBeLessThan(0.87);
  });
});

describe("On CDNOW's customers", () => {
  const buyers = cdnowBuyers();
  const model = finish(fitBgNbd(buyers));

  it('BG/NBD finds the published parameters and likelihood', () => {
    expect(buyers).toHaveLength(2_357);
    for (const [name, value] of Object.entries({ r: 0.2426, alpha: 4.4135, a: 0.7929, b: 2.4258 })) expect(model[name as 'r']).toBeCloseTo(value, 3);
    expect(model.logLikelihood).toBeCloseTo(-9_582.43, 2);
  });

  it('expects the published purchases, of one customer, of a new one and of all', () => {
    expect(expectedPurchases(model, { repeats: 2, last: 30.43, observed: 38.86 }, 39)).toBeCloseTo(1.226, 3);
    for (const [weeks, expected] of [[0.1429, 0.0078], [1, 0.0532], [3, 0.1506], [31.8571, 1.0405], [32, 1.0437], [78, 1.8576]] as const) {
      expect(expectedPurchases(model, { repeats: 0, last: 0, observed: 0 }, weeks)).toBeCloseTo(expected, 3);
    }
    expect(Math.round(buyers.reduce((sum, buyer) => sum + expectedPurchases(model, buyer, 39), 0))).toBe(1_653);
    expect(buyers.reduce((sum, { later }) => sum + later, 0)).toBe(1_882);
  });

  it('thinks those gone who bought often and then no more', () => {
    const alive = [20, 30, 38].map((last) => chanceAlive(model, { repeats: 10, last, observed: 38.86 }));
    expect(alive).toEqual([...alive].sort((one, other) => one - other));
    expect(alive[0]).toBeLessThan(0.1);
    expect(alive[2]).toBeGreaterThan(0.8);
  });
});

describe('On simulated histories', () => {
  it('the true coefficients lie inside the 95 % interval in 93 % of runs and more', () => {
    const counts = finish(coverage(200, 300));
    expect(counts.reduce((sum, count) => sum + count, 0) / (200 * counts.length)).toBeGreaterThanOrEqual(0.93);
    // Seeded: the same runs each time.
    expect(counts).toEqual([188, 187, 190, 191, 193, 189]);
  });

  it('the calibration slope on fresh accounts is between 0.9 and 1.1', () => {
    const slope = finish(freshSlope(4_000, 1));
    expect(slope).toBeGreaterThan(0.9);
    expect(slope).toBeLessThan(1.1);
  });
});

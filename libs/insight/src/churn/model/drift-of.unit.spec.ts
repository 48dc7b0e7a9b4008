import { describe, expect, it } from '@jest/globals';
import { handMadeRows, type HandMadeRow } from '../../testing/hand-made-rows.js';
import type { RowOptions } from '../history/period-rows.js';
import type { ChurnModel } from './churn-model.js';
import { driftOf } from './drift-of.js';
import { priorChurnModel } from './prior.js';
import { referenceOf } from './reference.js';

const TODAY = 1_000;
const horizons: ChurnModel['horizons'] = [30, 90].map((horizon) => ({
  horizon, columns: [{ kind: 'value', feature: 'new', fill: 0.5 }], calibration: { slope: 1, intercept: 0 }, rows: 0, departures: 10,
  model: { kind: 'logistic', intercept: -2, coefficients: [1], means: [0.5], deviations: [1], covariance: [[1, 0], [0, 1]] },
}));

/** So many customers on one day: of `known` of them it is known how new they are, half of those are (1), and half are not (0.2). */
const customers = (day: number, count: number, known: number, left = 0): HandMadeRow[] => Array.from({ length: count }, (_, place) => (
  { customer: `c${place}`, day, left: place < left ? 1 : 0, ...(place < known && { values: { new: place % 2 ? 1 : 0.2 } }) }));
const then = handMadeRows(customers(100, 400, 200), { horizons: [30, 90] });
const model: ChurnModel = { ...priorChurnModel, horizons, reference: referenceOf(then, horizons, { horizon: 90, groups: [], customers: [] }) };
const rowsNow = (made: readonly HandMadeRow[], more: Partial<RowOptions> = {}) => handMadeRows(made, { horizons: [30, 90], knownUntil: TODAY, ...more });

describe('How far a model has drifted', () => {
  const driftIn = (count: number, known: number) => {
    const { stability, verdict } = driftOf(model, rowsNow(customers(TODAY, count, known)), TODAY);
    return { verdict, of: (name: string) => stability.find(({ of }) => of === name) };
  };

  it('knows of how many customers a number was unknown at the training, so that no gap is new that was always there', () => {
    expect(model.reference!.features).toMatchObject([{ feature: 'new', unknown: 0.5 }]);
    expect(driftIn(200, 100).of('new unknown')).toMatchObject({ index: 0, level: 'stable' });
    expect(driftIn(200, 100).verdict).toBe('steady');
    // From half to a tenth: (0.9 - 0.5) ln(0.9 / 0.5) + (0.1 - 0.5) ln(0.1 / 0.5).
    expect(driftIn(200, 180).of('new unknown')).toMatchObject({ index: expect.closeTo(0.4 * Math.log(1.8) - 0.4 * Math.log(0.2), 10), level: 'shifted' });
  });

  it('takes as much for chance as the customers then and now, of whom something was known, leave open', () => {
    // 95 % point of chi square with one degree of freedom, as Wilson and Hilferty have it; two bins.
    const point = (1 - 2 / 9 + 1.6448536269514722 * Math.sqrt(2 / 9)) ** 3;
    const { of } = driftIn(100, 40);
    expect(of('new')).toMatchObject({ rows: 40, byChance: expect.closeTo(point * (1 / 200 + 1 / 40), 10) });
    expect(of('new unknown')).toMatchObject({ rows: 100, byChance: expect.closeTo(point * (1 / 400 + 1 / 100), 10) });
    // Each of 40 is new where it was every second.
    const allNew = customers(TODAY, 40, 40).map((row) => ({ ...row, values: { new: 1 } }));
    expect(driftOf(model, rowsNow(allNew), TODAY).stability.find(({ of: name }) => name === 'new')!.level).toBe('shifted');
  });

  it('holds what was said against what came on the last day whose horizon, gap and all, is over', () => {
    const days = [TODAY - 121, TODAY - 120, TODAY - 91, TODAY - 90, TODAY - 61, TODAY - 60, TODAY - 31, TODAY - 30];
    const foretoldOn = (gapDays: number) => {
      const rows = rowsNow(days.flatMap((day) => customers(day, 10, 10)), { gapDays, knownUntil: TODAY + 300 });
      return driftOf(model, rows, TODAY).calibration.map((one) => [one.horizon, TODAY - one.foretoldOn]);
    };
    expect(foretoldOn(0)).toEqual([[30, 30], [90, 90]]);
    expect(foretoldOn(30)).toEqual([[30, 60], [90, 120]]);
    expect(foretoldOn(31)).toEqual([[30, 61], [90, 121]]);
  });

  it('is drift where more leave than was said, though nobody looks different from before', () => {
    const rows = rowsNow([...customers(TODAY - 90, 200, 100, 120), ...customers(TODAY, 200, 100)]);
    const drift = driftOf(model, rows, TODAY);
    expect(drift.stability.every(({ level }) => level === 'stable')).toBe(true);
    expect(drift.calibration.map(({ level }) => level)).toEqual(['more left', 'more left']);
    expect(drift.verdict).toBe('drifted');
  });
});

import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { fitLogistic, type LogisticModel } from './logistic.js';
import { logOddsOf, partsOf } from './parts.js';
import { finish, type Progress } from './steps.js';
import { rowsOf, sigmoid, type Table } from './table.js';

const rowOf = ({ columns }: Table, row: number): number[] => columns.map((column) => column[row]!);

/** Tables with a row of either label. */
const tables = fc.integer({ min: 6, max: 40 }).chain((rows) => fc.record({
  columns: fc.array(fc.array(fc.double({ min: -50, max: 50, noNaN: true }), { minLength: rows, maxLength: rows }).map((values) => Float64Array.from(values)), { minLength: 1, maxLength: 4 }),
  labels: fc.array(fc.integer({ min: 0, max: 1 }), { minLength: rows, maxLength: rows }).map((labels) => Uint8Array.from([0, 1, ...labels.slice(2)])),
}));

/** What is left of the gradient, per standard deviation, ridge included: nothing at the optimum. */
function gradientAt(table: Table, model: LogisticModel, ridge: number, centre: readonly number[]): number[] {
  const rests = [...table.labels.keys()].map((row) => table.labels[row]! - sigmoid(logOddsOf(model, rowOf(table, row))));
  const along = (values: (row: number) => number) => rests.reduce((sum, rest, row) => sum + rest * values(row), 0);
  return [
    along(() => 1),
    ...table.columns.map((column, place) => along((row) => (column[row]! - model.means[place]!) / model.deviations[place]!) - ridge * (model.coefficients[place]! - centre[place]!)),
  ];
}

describe('A logistic model', () => {
  it('lies where the penalised likelihood is highest: its gradient is zero', () => {
    fc.assert(fc.property(tables, fc.double({ min: 0.1, max: 10, noNaN: true }), (table, ridge) => {
      const centre = table.columns.map((_, place) => place - 1);
      const model = finish(fitLogistic(table, { ridge, centre }));
      for (const left of gradientAt(table, model, ridge, centre)) expect(Math.abs(left)).toBeLessThan(1e-5);
    }));
  });

  it('has parts that add up to its log-odds', () => {
    fc.assert(fc.property(tables, (table) => {
      const model = finish(fitLogistic(table, { ridge: 1 }));
      const values = rowOf(table, 0);
      const byHand = values.reduce((sum, value, place) => sum + (model.coefficients[place]! * (value - model.means[place]!)) / model.deviations[place]!, model.intercept);
      expect(logOddsOf(model, values)).toBeCloseTo(byHand, 9);
      expect(partsOf(model, values).reduce((sum, part) => sum + part, model.intercept)).toBe(logOddsOf(model, values));
    }));
  });

  it('is the same whatever the order of its rows, and to the byte for the same rows', () => {
    fc.assert(fc.property(tables, (table) => {
      const model = finish(fitLogistic(table, { ridge: 1 }));
      const reversed = finish(fitLogistic(rowsOf(table, [...table.labels.keys()].reverse()), { ridge: 1 }));
      expect(JSON.stringify(finish(fitLogistic(table, { ridge: 1 })))).toBe(JSON.stringify(model));
      [model.intercept, ...model.coefficients].forEach((value, place) => expect([reversed.intercept, ...reversed.coefficients][place]).toBeCloseTo(value, 6));
    }));
  });

  it('is the odds ratio of a two by two table', () => {
    // 10 of 40 without, 30 of 40 with: odds 1/3 and 3.
    const table = { columns: [Float64Array.from({ length: 80 }, (_, row) => Number(row >= 40))], labels: Uint8Array.from({ length: 80 }, (_, row) => Number(row % 40 < (row < 40 ? 10 : 30))) };
    const model = finish(fitLogistic(table, { ridge: 0 }));
    expect(model.coefficients[0]! / model.deviations[0]!).toBeCloseTo(Math.log(9), 9);
    // Woolf: the variance of the logarithm of an odds ratio is the sum of one by each count.
    expect(model.covariance[1]![1]! / model.deviations[0]! ** 2).toBeCloseTo(1 / 10 + 1 / 30 + 1 / 30 + 1 / 10, 9);
  });

  it('stays at its centre where a strong ridge or a column of one value leaves it', () => {
    const table = { columns: [Float64Array.of(1, 2, 3, 4), Float64Array.of(7, 7, 7, 7)], labels: Uint8Array.of(0, 1, 0, 1) };
    expect(finish(fitLogistic(table, { ridge: 1e9, centre: [0.3, -2] })).coefficients[0]).toBeCloseTo(0.3, 6);
    expect(finish(fitLogistic(table, { ridge: 1, centre: [0.3, -2] })).coefficients[1]).toBeCloseTo(-2, 9);
  });

  it('ends where one column separates the labels, also without ridge, and where columns are the same', () => {
    const column = Float64Array.from({ length: 50 }, (_, row) => row);
    const table = { columns: [column, column, Float64Array.from(column, () => 3)], labels: Uint8Array.from(column, (row) => Number(row >= 25)) };
    for (const ridge of [0, 1]) {
      const model = finish(fitLogistic(table, { ridge }));
      const chances = [0, 24, 25, 49].map((row) => sigmoid(logOddsOf(model, rowOf(table, row))));
      expect(chances).toEqual([...chances].sort((one, other) => one - other));
      expect([...model.coefficients, ...model.covariance.flat()].every(Number.isFinite)).toBe(true);
    }
  });

  it('refuses clusters that say nothing, a ridge below 0, and values that are no numbers', () => {
    const table = { columns: [Float64Array.of(1, 2, 3)], labels: Uint8Array.of(0, 1, 0) };
    const fit = (options: Partial<Parameters<typeof fitLogistic>[1]>) => () => finish(fitLogistic(table, { ridge: 1, ...options }));
    expect(fit({ clusters: Int32Array.of(1, 1, 1) })).toThrow('single cluster');
    expect(fit({ clusters: Int32Array.of(1, 2) })).toThrow('2 clusters for 3 rows');
    expect(fit({ ridge: Number.NaN })).toThrow('ridge');
    expect(fit({ centre: [1, 2] })).toThrow('2 centres for 1 columns');
    expect(() => logOddsOf(fit({})(), [Number.NaN])).toThrow(RangeError);
    expect(() => logOddsOf(fit({})(), [1, 2])).toThrow('2 values for a model of 1 columns');
  });

  it('knows no more from rows that are told three times, once they are one cluster', () => {
    const rows = 1_500;
    const table = { columns: [Float64Array.from({ length: rows }, (_, row) => Math.sin(row * 7))], labels: Uint8Array.from({ length: rows }, (_, row) => Number((row * 37) % 11 < 4)) };
    const own = Int32Array.from({ length: rows }, (_, row) => row);
    const three = [...own, ...own, ...own];
    const variance = (places: readonly number[], clusters?: Int32Array) => finish(fitLogistic(rowsOf(table, places), { ridge: 0, ...(clusters ? { clusters } : {}) })).covariance[1]![1]!;
    const once = variance([...own], own);
    expect(variance(three, Int32Array.from(three)) / once).toBeCloseTo(1, 9);
    expect(variance([...own], own.map((row) => row % 4)) / once).not.toBeCloseTo(1, 1);
    expect(variance(three) / once).toBeCloseTo(1 / 3, 1);
  });

  it('pulls each coefficient as strongly as is asked', () => {
    const table = { columns: [Float64Array.of(1, 2, 3, 4, 5, 6), Float64Array.of(3, 1, 4, 1, 5, 9)], labels: Uint8Array.of(0, 1, 0, 1, 1, 1) };
    const model = finish(fitLogistic(table, { ridge: 2, strengths: [1, 10], centre: [1, 1] }));
    const [, first, second] = gradientAt(table, model, 0, [0, 0]) as [number, number, number];
    expect(first).toBeCloseTo(2 * (model.coefficients[0]! - 1), 8);
    expect(second).toBeCloseTo(20 * (model.coefficients[1]! - 1), 8);
    const clustered = finish(fitLogistic(table, { ridge: 2, strengths: [1, 1e9], centre: [1, 1], clusters: Int32Array.of(0, 1, 2, 3, 4, 5) }));
    expect(clustered.covariance[2]![2]! * 2e9).toBeCloseTo(1, 4);
  });

  it('of rows that each tell of the same thing several times learns as much as of those told once, and is as sure', () => {
    fc.assert(fc.property(tables, fc.integer({ min: 2, max: 5 }), fc.double({ min: 0.5, max: 20, noNaN: true }), (table, repeats, ridge) => {
      const each = Int32Array.from(table.labels.keys());
      const told = Array.from({ length: repeats * each.length }, (_, place) => place % each.length);
      const once = finish(fitLogistic(table, { ridge, clusters: each }));
      const often = finish(fitLogistic(rowsOf(table, told), { ridge, repeats, clusters: Int32Array.from(told) }));
      often.coefficients.forEach((coefficient, place) => expect(coefficient).toBeCloseTo(once.coefficients[place]!, 6));
      often.covariance.flat().forEach((value, place) => expect(Math.abs(value / once.covariance.flat()[place]! - 1) < 1e-4 || Math.abs(value - once.covariance.flat()[place]!) < 1e-6).toBe(true));
    }), { numRuns: 50 });
  });

  it('with few rows and a strong belief is as sure as the belief, clusters or not', () => {
    const table = { columns: [Float64Array.of(1, 2, 3, 4)], labels: Uint8Array.of(0, 1, 0, 1) };
    const sure = (clusters?: Int32Array) => finish(fitLogistic(table, { ridge: 1e4, ...(clusters ? { clusters } : {}) })).covariance[1]![1]!;
    expect(sure() * 1e4).toBeCloseTo(1, 3);
    expect(sure(Int32Array.of(1, 2, 3, 4)) * 1e4).toBeCloseTo(1, 3);
  });

  it('tells how far it is while it fits', () => {
    const rows = 300_000;
    const table = { columns: Array.from({ length: 12 }, (_, place) => Float64Array.from({ length: rows }, (__, row) => Math.sin(row * (place + 1)))), labels: Uint8Array.from({ length: rows }, (_, row) => row % 2) };
    const told: Progress[] = [...fitLogistic(table, { ridge: 1 })];
    expect(told.length).toBeGreaterThan(2);
    for (const { done, all } of told) expect(done).toBeLessThanOrEqual(all);
  });
});

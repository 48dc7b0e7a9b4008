import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { fitAdditive, type BoostingOptions } from './boosted.js';
import { logOddsOf, partsOf } from './parts.js';
import { finish } from './steps.js';
import { rowsOf, sigmoid, softplus, type Table } from './table.js';

const OPTIONS: BoostingOptions = { rounds: 60, rate: 0.1, bins: 16, leaves: 3, leastWeight: 1, ridge: 1 };
const fit = (table: Table, options: Partial<BoostingOptions> = {}) => finish(fitAdditive(table, { ...OPTIONS, ...options }));
const rowOf = ({ columns }: Table, row: number): number[] => columns.map((column) => column[row]!);

const tables = fc.integer({ min: 10, max: 120 }).chain((rows) => fc.record({
  columns: fc.array(fc.array(fc.integer({ min: -30, max: 30 }), { minLength: rows, maxLength: rows }).map((values) => Float64Array.from(values)), { minLength: 1, maxLength: 6 }),
  labels: fc.array(fc.integer({ min: 0, max: 1 }), { minLength: rows, maxLength: rows }).map((labels) => Uint8Array.from([0, 1, ...labels.slice(2)])),
}));

describe('An additive model', () => {
  it('has parts that add up to its log-odds, each centred on the rows it was fitted to', () => {
    fc.assert(fc.property(tables, (table) => {
      const model = fit(table, { rounds: 10 });
      const parts = [...table.labels.keys()].map((row) => partsOf(model, rowOf(table, row)));
      expect(parts[0]!.reduce((sum, part) => sum + part, model.intercept)).toBe(logOddsOf(model, rowOf(table, 0)));
      table.columns.forEach((_, place) => expect(parts.reduce((sum, part) => sum + part[place]!, 0)).toBeCloseTo(0, 9));
    }), { numRuns: 50 });
  });

  it('is the same whatever the order of its rows, but for rounding, and to the byte for the same rows', () => {
    fc.assert(fc.property(tables, (table) => {
      const model = fit(table, { rounds: 10 });
      expect(JSON.stringify(fit(table, { rounds: 10 }))).toBe(JSON.stringify(model));
      const turned = fit(rowsOf(table, [...table.labels.keys()].reverse()), { rounds: 10 });
      expect(turned.shapes.map(({ edges }) => edges)).toEqual(model.shapes.map(({ edges }) => edges));
      // Of two divisions that gain the same, rounding may choose: the fit is as good.
      expect(deviance(turned, table)).toBeCloseTo(deviance(model, table), 1);
    }), { numRuns: 50 });
  });

  it('fits its rows the better the more rounds it has', () => {
    fc.assert(fc.property(tables, (table) => {
      const deviances = [0, 5, 50].map((rounds) => deviance(fit(table, { rounds }), table));
      expect(deviances[1]).toBeLessThanOrEqual(deviances[0]! + 1e-9);
      expect(deviances[2]).toBeLessThanOrEqual(deviances[1]! + 1e-9);
    }), { numRuns: 50 });
  });

  it('draws the shape that made the labels: a valley, and nothing for a column that plays no part', () => {
    const count = 8_000;
    const columns = [Float64Array.from({ length: count }, (_, row) => (row % 40) - 20), Float64Array.from({ length: count }, (_, row) => (row * 7) % 13)];
    // Half of the rows at the rim, a tenth of those in the valley; the row number within its value decides.
    const labels = Uint8Array.from({ length: count }, (_, row) => Number(Math.floor(row / 40) % 10 < (Math.abs(columns[0]![row]!) < 8 ? 1 : 5)));
    const model = fit({ columns, labels }, { rounds: 200, bins: 64 });
    for (const [value, chance] of [[-18, 0.5], [0, 0.1], [18, 0.5]] as const) expect(sigmoid(logOddsOf(model, [value, 6]))).toBeCloseTo(chance, 1);
    expect(Math.max(...model.shapes[1]!.values.map(Math.abs))).toBeLessThan(0.1);
  });

  it('keeps a column of one value out of it, and takes few values as they are', () => {
    const table = { columns: [Float64Array.of(5, 5, 5, 5, 5, 5), Float64Array.of(0, 0, 0, 1, 1, 1)], labels: Uint8Array.of(0, 0, 1, 1, 1, 0) };
    const [constant, either] = fit(table, { leastWeight: 0.1 }).shapes;
    expect(constant).toEqual({ edges: [], values: [0] });
    expect(either!.edges).toEqual([0.5]);
    expect(either!.values[1]).toBeGreaterThan(either!.values[0]!);
  });

  it('does not follow fewer rows than it may', () => {
    // One row of a hundred differs, and it alone left.
    const table = { columns: [Float64Array.from({ length: 100 }, (_, row) => Number(row === 7))], labels: Uint8Array.from({ length: 100 }, (_, row) => Number(row === 7)) };
    expect(fit(table, { leastWeight: 0.5 }).shapes[0]!.values).toEqual([0, 0]);
    expect(fit(table, { leastWeight: 1e-9 }).shapes[0]!.values[1]).toBeGreaterThan(1);
  });

  it('ends where one column separates the labels', () => {
    const column = Float64Array.from({ length: 50 }, (_, row) => row);
    const model = fit({ columns: [column], labels: Uint8Array.from(column, (row) => Number(row >= 25)) }, { rounds: 2_000, leastWeight: 1e-6, ridge: 0 });
    expect(model.shapes[0]!.values.every(Number.isFinite)).toBe(true);
    expect(sigmoid(logOddsOf(model, [49]))).toBeGreaterThan(0.9);
  });

  it.each([
    ['rounds', -1], ['rounds', 1.5], ['bins', 257], ['bins', 1], ['leaves', 1], ['rate', 0], ['rate', 2], ['leastWeight', 0], ['ridge', Number.NaN],
  ])('refuses %s %d', (name, value) => {
    expect(() => fit({ columns: [Float64Array.of(1, 2)], labels: Uint8Array.of(0, 1) }, { [name]: value })).toThrow(new RegExp(`^${name} is`));
  });

  it('refuses what is no number, at fitting and at asking', () => {
    expect(() => fit({ columns: [Float64Array.of(1, Number.NaN)], labels: Uint8Array.of(0, 1) })).toThrow('column 0 has NaN at place 1');
    const model = fit({ columns: [Float64Array.of(1, 2)], labels: Uint8Array.of(0, 1) });
    expect(() => logOddsOf(model, [Number.POSITIVE_INFINITY])).toThrow(RangeError);
  });
});

function deviance(model: ReturnType<typeof fit>, table: Table): number {
  return [...table.labels.keys()].reduce((sum, row) => {
    const logOdds = logOddsOf(model, rowOf(table, row));
    return sum + softplus(logOdds) - table.labels[row]! * logOdds;
  }, 0);
}

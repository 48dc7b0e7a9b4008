import { sigmoid, type Table } from '../models/table.js';
import type { Steps } from '../models/steps.js';
import { randomOf } from '../proof/random.js';
import { normal } from './normal.js';

/** What truly makes the labels: log-odds = intercept + sum of coefficient x value. */
export interface Hazard {
  readonly intercept: number;
  readonly coefficients: readonly number[];
}

const ROWS_AT_ONCE = 5_000;
/** What the values of a row have in common, as a share of their variance: columns are correlated, as they are in life. */
const COMMON = 0.25;

/** Rows whose labels come from a hazard that is known. Every third column is 0 or 1, the others are normally distributed. */
export function* simulateTable({ rows, hazard, seed }: { readonly rows: number; readonly hazard: Hazard; readonly seed: number }): Steps<Table> {
  const random = randomOf(seed);
  const columns = hazard.coefficients.map(() => new Float64Array(rows));
  const labels = new Uint8Array(rows);
  for (let row = 0; row < rows; row++) {
    if (row % ROWS_AT_ONCE === ROWS_AT_ONCE - 1) yield { of: 'simulated rows', done: row, all: rows };
    const common = Math.sqrt(COMMON) * normal(random);
    let logOdds = hazard.intercept;
    hazard.coefficients.forEach((coefficient, place) => {
      const level = common + Math.sqrt(1 - COMMON) * normal(random);
      const value = place % 3 === 2 ? Number(level > 0) : level;
      columns[place]![row] = value;
      logOdds += coefficient * value;
    });
    labels[row] = Number(random.next() < sigmoid(logOdds));
  }
  return { columns, labels };
}

import { finish, type Steps } from '../../../../libs/insight/src/churn/models/steps.js';
import { rowsOf, type Table } from '../../../../libs/insight/src/churn/models/table.js';
import { rocAuc } from '../../../../libs/insight/src/churn/proof/auc.js';
import { ece } from '../../../../libs/insight/src/churn/proof/calibration-bins.js';
import { brier } from '../../../../libs/insight/src/churn/proof/distance.js';
import { stratifiedFolds } from '../../../../libs/insight/src/churn/proof/folds.js';
import { type Fit, rowOf } from './fits.js';

/** Means over folds of area under the curve and Brier's distance; mean over repeats of the calibration error of all folds of a repeat together. */
export interface Quality {
  readonly auc: number;
  readonly brier: number;
  readonly ece: number;
}

/** Ten stratified folds, as often as there are seeds. */
export function* crossValidated(table: Table, fit: Fit, seeds: readonly number[]): Steps<Quality> {
  const [aucs, briers, errors]: [number[], number[], number[]] = [[], [], []];
  for (const seed of seeds) {
    const pooled = new Float64Array(table.labels.length);
    for (const { train, test } of stratifiedFolds(table.labels, 10, seed)) {
      yield { of: 'folds', done: aucs.length, all: 10 * seeds.length };
      const told = finish(fit(rowsOf(table, train)));
      const chances = Float64Array.from(test, (row) => (pooled[row] = told(rowOf(table, row))));
      const labels = Uint8Array.from(test, (row) => table.labels[row]!);
      aucs.push(rocAuc(chances, labels)!);
      briers.push(brier(chances, labels)!);
    }
    errors.push(ece(pooled, table.labels)!);
  }
  return { auc: mean(aucs), brier: mean(briers), ece: mean(errors) };
}

const mean = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length;

import { fitAdditive } from '../../../../libs/insight/src/churn/models/boosted.js';
import { fitIsotonic, isotonicChance } from '../../../../libs/insight/src/churn/models/isotonic.js';
import { fitLogistic } from '../../../../libs/insight/src/churn/models/logistic.js';
import { logOddsOf, type RiskModel } from '../../../../libs/insight/src/churn/models/parts.js';
import type { Steps } from '../../../../libs/insight/src/churn/models/steps.js';
import { rowsOf, sigmoid, type Table } from '../../../../libs/insight/src/churn/models/table.js';
import { stratifiedFolds } from '../../../../libs/insight/src/churn/proof/folds.js';

/** Learns from rows; what it has learnt tells the chance of any row. */
export type Fit = (train: Table) => Steps<(values: ArrayLike<number>) => number>;

export const rowOf = ({ columns }: Table, row: number): number[] => columns.map((column) => column[row]!);

const logistic = (train: Table): Steps<RiskModel> => fitLogistic(train, { ridge: 1 });
const additive = (train: Table): Steps<RiskModel> => fitAdditive(train, { rounds: 120, rate: 0.05, bins: 64, leaves: 3, leastWeight: 5, ridge: 1 });

function asItIs(fit: (train: Table) => Steps<RiskModel>): Fit {
  return function* (train) {
    const model = yield* fit(train);
    return (values) => sigmoid(logOddsOf(model, values));
  };
}

const INNER_FOLDS = 5;

/** Calibrated by isotonic regression on log-odds out of five folds of the rows to learn from: no other row is looked at. */
function calibrated(fit: (train: Table) => Steps<RiskModel>): Fit {
  return function* (train) {
    const held = new Float64Array(train.labels.length);
    for (const fold of stratifiedFolds(train.labels, INNER_FOLDS, 1)) {
      const model = yield* fit(rowsOf(train, fold.train));
      for (const row of fold.test) held[row] = logOddsOf(model, rowOf(train, row));
    }
    const isotonic = fitIsotonic(held, train.labels);
    const model = yield* fit(train);
    return (values) => isotonicChance(isotonic, logOddsOf(model, values));
  };
}

/** The models that are held against the reference. The plain logistic bends where the data do not: it is calibrated; the boosted one has no need. */
export const FITS = { 'logistic, as it is': asItIs(logistic), 'logistic, isotonic': calibrated(logistic), additive: asItIs(additive) } as const;

import { fitLogistic, type LogisticModel } from '../../../../libs/insight/src/churn/models/logistic.js';
import { logOddsOf } from '../../../../libs/insight/src/churn/models/parts.js';
import { finish, type Steps } from '../../../../libs/insight/src/churn/models/steps.js';
import { sigmoid } from '../../../../libs/insight/src/churn/models/table.js';
import { calibrationSlope } from '../../../../libs/insight/src/churn/proof/calibration-line.js';
import { Z95 } from '../../../../libs/insight/src/churn/proof/wilson.js';
import { FIRST_HAZARD, simulateHistories } from '../../../../libs/insight/src/churn/simulate/histories.js';
import { rowOf } from './fits.js';

const MONTHS = 24;
const histories = (accounts: number, seed: number) => simulateHistories({ accounts, months: MONTHS, hazard: FIRST_HAZARD, seed });

/** For each true coefficient the number of runs in which it lay inside the 95 % interval, with accounts as clusters. */
export function* coverage(runs: number, accounts: number): Steps<number[]> {
  const inside = FIRST_HAZARD.coefficients.map(() => 0);
  for (let run = 0; run < runs; run++) {
    yield { of: 'simulated runs', done: run, all: runs };
    const lived = finish(histories(accounts, run));
    const model = finish(fitLogistic(lived, { ridge: 0, clusters: lived.accounts }));
    FIRST_HAZARD.coefficients.forEach((truth, place) => {
      const [found, error] = [model.coefficients[place]!, Math.sqrt(model.covariance[place + 1]![place + 1]!)];
      if (Math.abs(found - truth * model.deviations[place]!) <= Z95 * error) inside[place]! += 1;
    });
  }
  return inside;
}

/** The calibration slope of a model of some accounts on as many others. */
export function* freshSlope(accounts: number, seed: number): Steps<number> {
  const model: LogisticModel = yield* fitLogistic(yield* histories(accounts, seed), { ridge: 1 });
  const fresh = yield* histories(accounts, seed + 1);
  return calibrationSlope(Float64Array.from(fresh.labels, (_, row) => sigmoid(logOddsOf(model, rowOf(fresh, row)))), fresh.labels)!;
}

import { firstScorecard } from '../../cards/first-scorecard.js';
import { HORIZONS, type Horizon } from '../history/horizon.js';
import type { LogisticModel } from '../models/logistic.js';
import { logit } from '../models/table.js';
import { CHURN_ARITHMETIC, type ChurnModel, type HorizonModel } from './churn-model.js';
import type { Column } from './columns.js';

/**
 * Assumptions for who has no history yet; each is stated here and nowhere else.
 * 12 % of customers leave in a year: private SaaS companies keep 91 % of their revenue in the median (KBCM and Sapphire, private SaaS survey 2024), and small customers leave more often than large ones.
 * That holds for a customer of 85 points; every 15 points that the first scorecard takes off double the odds. A renewal within the horizon makes the odds 2.5 times as high,
 * unless it comes by itself and the last day to give notice has passed.
 */
const YEARLY = 0.12;
const POINTS_THAT_DOUBLE = 15;
const USUAL_LOSS = 15;
const DUE = Math.log(2.5);
const BOUND = 'bound';
/** All of this may be wrong by a factor of two, in either direction: one standard deviation. */
const DOUBT = Math.log(2);

/** What a score of 100 points less adds to the log-odds of leaving. */
export const EFFECT_OF_ALL_POINTS = (Math.log(2) * 100) / POINTS_THAT_DOUBLE;

const yearlyPoints = firstScorecard.measures.reduce((sum, { weight }) => sum + weight, 0);

/** The log-odds that the prior gives to one unit of a feature's number. */
export function priorOf(feature: string, horizon: Horizon): number {
  if (feature === `due-${horizon}`) return DUE;
  if (feature === BOUND) return horizon === 'renewal' ? 0 : -DUE;
  const measure = firstScorecard.measures.find(({ id }) => id === feature);
  return measure ? (EFFECT_OF_ALL_POINTS * measure.weight) / yearlyPoints : 0;
}

const columnsFor = (horizon: Horizon): Column[] => [...(horizon === 'renewal' ? [] : [`due-${horizon}`, BOUND]), ...firstScorecard.measures.map(({ id }) => id)].map((feature) => ({ kind: 'value', feature, fill: 0 }));

function modelFor(horizon: Horizon, columns: readonly Column[]): LogisticModel {
  const share = horizon === 'renewal' ? YEARLY : 1 - (1 - YEARLY) ** (horizon / 365);
  const coefficients = columns.map(({ feature }) => priorOf(feature, horizon));
  const doubts = [DOUBT, ...coefficients.map((coefficient) => coefficient / 2)];
  return {
    kind: 'logistic', intercept: logit(share) - (Math.log(2) * USUAL_LOSS) / POINTS_THAT_DOUBLE, coefficients, means: coefficients.map(() => 0), deviations: coefficients.map(() => 1),
    covariance: doubts.map((doubt, row) => doubts.map((_, place) => (row === place ? doubt ** 2 : 0))),
  };
}

/** In force until a model is promoted. */
export const priorChurnModel: ChurnModel = {
  id: 'prior', arithmetic: CHURN_ARITHMETIC, kind: 'logistic', seed: 0, features: null, window: null,
  horizons: HORIZONS.map((horizon): HorizonModel => {
    const columns = columnsFor(horizon);
    return { horizon, columns, model: modelFor(horizon, columns), calibration: { slope: 1, intercept: 0 }, rows: 0, departures: 0 };
  }),
  notices: { given: 0, withdrawn: 0 }, buyers: null, proof: null, reference: null,
};

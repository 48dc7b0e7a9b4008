import { expect, it } from '@jest/globals';
import { foldEvents } from '../../fold-events.js';
import { fact, TODAY, utc } from '../../testing/facts.js';
import type { ChurnModel } from '../model/churn-model.js';
import { priorChurnModel } from '../model/prior.js';
import { logit } from '../models/table.js';
import { riskAt } from './risk-at.js';

/** Knows one thing: whether somebody ever renewed (1 never). Its numbers are far from round, so that none can stand for another. */
const model: ChurnModel = {
  ...priorChurnModel,
  horizons: [{
    horizon: 90, columns: [{ kind: 'value', feature: 'new', fill: 0 }], calibration: { slope: 0.5, intercept: 0.1 }, rows: 500, departures: 60,
    model: { kind: 'logistic', intercept: -2, coefficients: [0.4], means: [0.7], deviations: [0.2], covariance: [[0.04, 0.01], [0.01, 0.09]] },
  }],
};

it('the interval of a chance is as wide as the coefficients are uncertain, taken as sharp as the model is', () => {
  const sheet = foldEvents([fact('subscription.started', 500, { subscription: 'S' }, { n: 1 })], utc);
  const [chance] = riskAt(model, sheet, TODAY).chances;
  // Never renewed is 1, which is 1.5 deviations above the mean.
  const z = (1 - 0.7) / 0.2;
  const raw = -2 + 0.4 * z;
  const error = Math.sqrt(0.04 + 2 * 0.01 * z + 0.09 * z ** 2);
  expect(logit(chance!.probability)).toBeCloseTo(0.1 + 0.5 * raw, 10);
  expect(logit(chance!.low)).toBeCloseTo(0.1 + 0.5 * raw - 1.959963984540054 * 0.5 * error, 10);
  expect(logit(chance!.high)).toBeCloseTo(0.1 + 0.5 * raw + 1.959963984540054 * 0.5 * error, 10);
});

import { expect, it } from '@jest/globals';
import { dateOfDay } from '../../day.js';
import { foldEvents } from '../../fold-events.js';
import { fact, TODAY, utc } from '../../testing/facts.js';
import { handMadeRows } from '../../testing/hand-made-rows.js';
import { alikeOf } from '../risk/alike.js';
import type { ChurnModel, HorizonModel } from './churn-model.js';
import { examplesOf } from './examples.js';
import type { Foretold } from './out-of-time.js';
import { priorChurnModel } from './prior.js';

const horizon: HorizonModel = {
  horizon: 90, columns: [{ kind: 'value', feature: 'new', fill: 0 }], calibration: { slope: 1, intercept: 0 }, rows: 6, departures: 2,
  model: { kind: 'logistic', intercept: -2, coefficients: [1], means: [0], deviations: [1], covariance: [[1, 0], [0, 1]] },
};
/** `goes` and `went` leave; `goes` was asked about on three days, on the last two of which it was about to leave. */
const rows = handMadeRows([
  { customer: 'goes', day: 100, left: 0, values: { new: 0.1 } }, { customer: 'goes', day: 200, left: 1, values: { new: 0.2 } }, { customer: 'goes', day: 230, left: 1, values: { new: 0.3 } },
  { customer: 'stays', day: 100, left: 0, values: { new: 0.4 } }, { customer: 'stays', day: 230, left: 0, values: { new: 0.5 } }, { customer: 'went', day: 200, left: 1, values: { new: 0.9 } },
]);
const foretold: Foretold = {
  rows: Int32Array.from([0, 1, 2, 3, 4, 5]), labels: Uint8Array.from([0, 1, 1, 0, 0, 1]), raw: Float64Array.from([-3, -2, -1, -3, -2, 1]), logOdds: Float64Array.from([-3, -2, -1, -3, -2, 1]), origins: [100],
};
const examples = examplesOf(rows, foretold, horizon);

it('keeps of who left, and of who stayed, how each looked when last seen so', () => {
  const [day100, day200, day230] = [100, 200, 230].map(dateOfDay);
  expect(examples).toEqual({
    horizon: 90, groups: ['contract'], customers: [
      { customer: 'went', on: day200, left: true, parts: [0.9] }, { customer: 'goes', on: day230, left: true, parts: [0.3] },
      { customer: 'stays', on: day230, left: false, parts: [0.5] }, { customer: 'goes', on: day100, left: false, parts: [0.1] },
    ],
  });
});

it('nobody is alike themselves: who is asked about is left out, however near', () => {
  const model: ChurnModel = { ...priorChurnModel, horizons: [horizon], reference: { rows: 6, scores: [], features: [], examples } };
  // Never renewed: 1.
  const sheet = foldEvents([fact('subscription.started', 100, { subscription: 'S' })], utc);
  const alike = (customer: string) => alikeOf(model, sheet, { day: TODAY, customer }).map((one) => [one.customer, one.left]);
  expect(alike('somebody else')).toEqual([['went', true], ['stays', false], ['goes', true]]);
  expect(alike('went')).toEqual([['stays', false], ['goes', true], ['goes', false]]);
  expect(alike('goes')).toEqual([['went', true], ['stays', false]]);
});

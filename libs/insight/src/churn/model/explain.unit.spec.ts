import { describe, expect, it } from '@jest/globals';
import type { ChurnModel, HorizonModel } from './churn-model.js';
import { explainModel } from './explain.js';
import { priorChurnModel } from './prior.js';

const [ninety] = priorChurnModel.horizons.filter(({ horizon }) => horizon === 90) as [HorizonModel];
const columns = [{ kind: 'value', feature: 'trend', fill: 0 }, { kind: 'value', feature: 'seats', fill: 3 }, { kind: 'word', feature: 'segment', word: 'small' }, { kind: 'unknown', feature: 'seats' }] as const;
const says = (model: HorizonModel['model'], reference: ChurnModel['reference'] = { scores: [], features: [] } as unknown as ChurnModel['reference']) => (
  explainModel({ ...priorChurnModel, reference, horizons: [{ ...ninety, columns, model }] })[0]!.columns.map((column) => column.says));

describe('A model explains itself in odds', () => {
  it('of a deviation, of how bad a measure is, and of what is so or not so; what moves most first', () => {
    const covariance = Array.from({ length: 5 }, (_, row) => Array.from({ length: 5 }, (__, place) => (row === place ? 0.01 : 0)));
    expect(says({ kind: 'logistic', intercept: -3, coefficients: [0.4, 0.1, 0.3, -0.35], means: [0, 0, 0, 0], deviations: [0.2, 1, 0.5, 0.5], covariance })).toEqual([
      'Usage trend: one standard deviation worse, the odds of leaving are multiplied by 1.49 (95 %: 1.23 to 1.81).',
      'Seats: unknown: where it is so, the odds of leaving are multiplied by 0.50 (95 %: 0.34 to 0.73).',
      'Segment small: where it is so, the odds of leaving are multiplied by 1.82 (95 %: 1.23 to 2.70).',
      'Seats: one standard deviation more, the odds of leaving are multiplied by 1.11 (95 %: 0.91 to 1.34), which may be nothing.',
    ]);
  });

  it('of steps, where they are lowest and highest', () => {
    const flat = { edges: [], values: [0] };
    expect(says({ kind: 'additive', intercept: -3, shapes: [{ edges: [0.25, 0.5], values: [-0.2, 0.1, 0.9] }, { edges: [1.5, 2.5], values: [0.1, -0.3, 0] }, flat, flat] })).toEqual([
      'Usage trend: the odds of leaving are multiplied by 0.82 up to 0.25 and by 2.46 above 0.5.',
      'Seats: the odds of leaving are multiplied by 0.74 between 1.5 and 2.5 and by 1.11 up to 1.5.',
    ]);
  });

  it('and the prior of its own assumptions', () => {
    const [prior] = explainModel(priorChurnModel);
    expect(prior!.columns[0]!.says).toMatch(/^Renewal within 30 days: where it is so, the odds of leaving are multiplied by 2\.50 /);
    expect(prior!.columns[1]!.says).toMatch(/^Bound until the renewal after the next: where it is so, the odds of leaving are multiplied by 0\.40 /);
    expect(prior!.columns[2]!.says).toMatch(/at its worst rather than at its best, the odds/);
  });
});

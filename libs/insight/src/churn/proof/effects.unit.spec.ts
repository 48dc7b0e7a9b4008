import { describe, expect, it } from '@jest/globals';
import type { AdditiveModel } from '../models/boosted.js';
import type { LogisticModel } from '../models/logistic.js';
import { effectsOf } from './effects.js';

describe('What a model says of its columns', () => {
  it('is a coefficient with its interval, the strongest first, where it is logistic', () => {
    const model: LogisticModel = { kind: 'logistic', intercept: -3, coefficients: [0.2, -0.5, 0], means: [0, 0, 0], deviations: [1, 2, 1], covariance: [[9, 0, 0, 0], [0, 0.01, 0, 0], [0, 0, 0.04, 0], [0, 0, 0, 1]] };
    expect(effectsOf(model, ['a', 'b', 'c'])).toEqual([
      { kind: 'coefficient', label: 'b', value: -0.5, low: expect.closeTo(-0.892, 3), high: expect.closeTo(-0.108, 3) },
      { kind: 'coefficient', label: 'a', value: 0.2, low: expect.closeTo(0.004, 3), high: expect.closeTo(0.396, 3) },
    ]);
  });

  it('is the steps where it is additive, without those that are flat', () => {
    const model: AdditiveModel = { kind: 'additive', intercept: -3, shapes: [{ edges: [1], values: [-0.1, 0.1] }, { edges: [], values: [0] }, { edges: [2, 3], values: [0.5, 0, -0.2] }] };
    expect(effectsOf(model, ['a', 'b', 'c'])).toEqual([{ kind: 'steps', label: 'c', shape: model.shapes[2] }, { kind: 'steps', label: 'a', shape: model.shapes[0] }]);
  });
});

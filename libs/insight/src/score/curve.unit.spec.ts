import { describe, expect, it } from '@jest/globals';
import type { Curve } from '../cards/card.js';
import { qualityOf } from './curve.js';

describe('A curve', () => {
  const line: Curve = { kind: 'line', points: [[-50, 0], [-10, 0.8], [0, 1]] };
  const steps: Curve = { kind: 'steps', boundary: 'belongs to the lower step', steps: [{ upTo: 0, quality: 1 }, { upTo: 1, quality: 0.4 }], above: 0 };

  it('runs straight between its points and flat beyond them', () => {
    expect([-51, -50, -30, -10, -5, 0, 9].map((value) => qualityOf(value, line))).toEqual([0, 0, 0.4, 0.8, 0.9, 1, 1]);
  });

  it('of steps gives the boundary to the lower step', () => {
    expect([-1, 0, 0.01, 1, 1.01].map((value) => qualityOf(value, steps))).toEqual([1, 1, 0.4, 0.4, 0]);
  });
});

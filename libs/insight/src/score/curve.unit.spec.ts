import { describe, expect, it } from '@jest/globals';
import type { Curve } from '../cards/card.js';
import { firstScorecard } from '../cards/first-scorecard.js';
import { qualityOf, rangeOf } from './curve.js';

describe('A curve', () => {
  const line: Curve = { kind: 'line', points: [[-50, 0], [-10, 0.8], [0, 1]] };
  const steps: Curve = { kind: 'steps', boundary: 'belongs to the lower step', steps: [{ upTo: 0, quality: 1 }, { upTo: 1, quality: 0.4 }], above: 0 };

  it('runs straight between its points and flat beyond them', () => {
    expect([-51, -50, -30, -10, -5, 0, 9].map((value) => qualityOf(value, line))).toEqual([0, 0, 0.4, 0.8, 0.9, 1, 1]);
  });

  it('of steps gives the boundary to the lower step', () => {
    expect([-1, 0, 0.01, 1, 1.01].map((value) => qualityOf(value, steps))).toEqual([1, 1, 0.4, 0.4, 0]);
  });

  it('of steps gives the boundary to the upper step where the card says so', () => {
    expect([-1, 0, 0.99, 1, 1.01].map((value) => qualityOf(value, { ...steps, boundary: 'belongs to the upper step' }))).toEqual([1, 0.4, 0.4, 0, 0]);
  });

  it('of points knows exactly these values, and one figure for all others', () => {
    const points: Curve = { kind: 'points', points: [[1, 0], [2, 0.6]], otherwise: 0.1 };
    expect([1, 2, 1.5, 0, 3].map((value) => qualityOf(value, points))).toEqual([0, 0.6, 0.1, 0.1, 0.1]);
  });

  it('is at a point of a line exactly what the card says: 0.05 - 0.05 x 3 / 3 would be a hair below 0', () => {
    expect(qualityOf(9, { kind: 'line', points: [[6, 0.05], [9, 0]] })).toBe(0);
    // Of the first card it always was.
    for (const { curve } of firstScorecard.measures) {
      if (curve.kind !== 'line') continue;
      curve.points.slice(1).forEach(([x1, y1], at) => {
        const [x0, y0] = curve.points[at]!;
        expect(y0 + ((y1 - y0) * (x1 - x0)) / (x1 - x0)).toBe(y1);
      });
    }
  });

  it('says nothing below its worst and above its best', () => {
    expect([line, steps, { kind: 'points', points: [[1, -3], [2, 5]], otherwise: 7 } as const].map(rangeOf)).toEqual([{ worst: 0, best: 1 }, { worst: 0, best: 1 }, { worst: -3, best: 7 }]);
  });
});

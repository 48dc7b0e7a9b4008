import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { finish } from '../churn/models/steps.js';
import { boundedSummit, climbBounded } from './bounded.js';

const SIZE = 4;
const numbers = fc.array(fc.double({ min: -3, max: 3, noNaN: true }), { minLength: SIZE, maxLength: SIZE });
/** Any parabola with one summit. */
const parabolas = fc.tuple(fc.array(numbers, { minLength: SIZE, maxLength: SIZE }), numbers).map(([rows, right]) => ({
  right, matrix: rows.map((row, one) => rows.map((other, place) => row.reduce((sum, value, at) => sum + value * other[at]!, one === place ? 1 : 0))),
}));
const AT_WORK = { of: 'hill', done: 0, all: 1 };
const along = (row: readonly number[], point: readonly number[]) => row.reduce((sum, value, at) => sum + value * point[at]!, 0);

describe('The summit within bounds', () => {
  it('is where no variable would go up, but for those that are held at 0 and would go below', () => {
    fc.assert(fc.property(parabolas, ({ matrix, right }) => {
      const point = boundedSummit(matrix, right, right.map(() => 1));
      const slope = right.map((value, place) => value - along(matrix[place]!, point));
      slope.forEach((value, place) => {
        if (place === 0 || point[place]! > 0) expect(Math.abs(value)).toBeLessThan(1e-6);
        else expect([point[place], value < 1e-6]).toEqual([0, true]);
      });
    }));
  });

  it('is found on a hill that is no parabola, from wherever one starts', () => {
    // -(e^x - 2x) - (e^y + y) has its summit at ln 2; y is best below 0.
    const hill = {
      *height([x, y]: readonly number[]) { yield AT_WORK; return -(Math.exp(x!) - 2 * x!) - (Math.exp(y!) + y!); },
      *slope([x, y]: readonly number[]) { yield AT_WORK; return { gradient: [2 - Math.exp(x!), -Math.exp(y!) - 1], curvature: [[Math.exp(x!), 0], [0, Math.exp(y!)]] }; },
    };
    for (const start of [[0, 0], [5, 4], [-6, 1], [3, -2]]) {
      const { point } = finish(climbBounded(hill, start));
      expect(point[0]).toBeCloseTo(Math.LN2, 7);
      expect(point[1]).toBe(0);
    }
  });
});

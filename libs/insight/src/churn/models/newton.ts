import { CholeskyDecomposition, Matrix } from 'ml-matrix';
import type { Steps } from './steps.js';

/** A function of several variables with one summit; `curvature` is minus its second derivatives. */
export interface Hill {
  height(point: readonly number[]): Steps<number>;
  slope(point: readonly number[]): Steps<Slope>;
}
export interface Slope {
  readonly gradient: readonly number[];
  readonly curvature: readonly (readonly number[])[];
}
export interface Summit {
  readonly point: readonly number[];
  readonly height: number;
  readonly curvature: Slope['curvature'];
}

const MOST_STEPS = 50;
/** Two heights that differ by less are the same but for rounding. */
const ROUNDING = 1e-12;
/** The climb ends where the next step would lead up by less, relative to the height. */
const ENOUGH = 1e-15;
/** The furthest that one variable goes in one step. */
const FURTHEST = 5;

/**
 * Newton's method with damping: a step that leads down is tried again, shorter and nearer to the steepest way up.
 * A hill without a summit (labels that one column separates) is left after so many steps, high enough for every use.
 */
export function* climb({ height, slope }: Hill, start: readonly number[]): Steps<Summit> {
  let point = start;
  let here = yield* height(point);
  for (let step = 1; ; step++) {
    const { gradient, curvature } = yield* inStep(step, slope(point));
    let next: readonly number[] | undefined;
    for (let damping = 0; step <= MOST_STEPS && damping < 1e9; damping = damping === 0 ? 1e-6 : damping * 10) {
      const move = solve(damped(curvature, damping), gradient);
      if (!move) continue;
      if (move.reduce((sum, by, place) => sum + by * gradient[place]!, 0) / 2 <= ENOUGH * (1 + Math.abs(here))) break;
      const tried = point.map((value, place) => value + Math.max(-FURTHEST, Math.min(FURTHEST, move[place]!)));
      const there = yield* inStep(step, height(tried));
      if (there >= here - ROUNDING * (1 + Math.abs(here))) {
        [next, here] = [tried, there];
        break;
      }
    }
    if (!next) return { point, height: here, curvature };
    point = next;
  }
}

function* inStep<T>(number: number, steps: Steps<T>): Steps<T> {
  for (;;) {
    const { done, value } = steps.next();
    if (done) return value;
    yield { ...value, of: `${value.of}, step ${number}` };
  }
}

const damped = (matrix: Slope['curvature'], damping: number): number[][] =>
  matrix.map((row, place) => row.map((value, other) => (place === other ? value + damping * (1 + Math.abs(value)) : value)));

/** The solution of a symmetric system; none where the matrix is not positive definite. */
function solve(matrix: number[][], right: readonly number[]): number[] | undefined {
  const cholesky = new CholeskyDecomposition(new Matrix(matrix));
  return cholesky.isPositiveDefinite() ? cholesky.solve(Matrix.columnVector([...right])).to1DArray() : undefined;
}

/** The inverse of a curvature, damped where it is flat: a variable of which nothing is known has a very large variance. */
export function inverse(curvature: Slope['curvature']): number[][] {
  for (let damping = 0; ; damping = damping === 0 ? 1e-9 : damping * 10) {
    const cholesky = new CholeskyDecomposition(new Matrix(damped(curvature, damping)));
    if (cholesky.isPositiveDefinite()) return cholesky.solve(Matrix.eye(curvature.length)).to2DArray();
  }
}

import type { Hill, Summit } from '../churn/models/newton.js';
import type { Steps } from '../churn/models/steps.js';

const { abs, max } = Math;
const MOST_STEPS = 50;
const MOST_SWEEPS = 5_000;
const ENOUGH = 1e-10;

/** The summit of a hill among the points whose variables, but for the first, are 0 or more: Newton's method, each step to the summit of the parabola within the bounds, halved while it leads down. */
export function* climbBounded({ height, slope }: Hill, start: readonly number[]): Steps<Summit> {
  let point = start.map(bounded);
  let here = yield* height(point);
  for (let step = 1; ; step++) {
    const { gradient, curvature } = yield* slope(point);
    const right = gradient.map((value, place) => value + product(curvature[place]!, point));
    const target = boundedSummit(curvature, right, point);
    const move = target.map((value, place) => value - point[place]!);
    if (step > MOST_STEPS || move.every((by) => abs(by) <= ENOUGH * 100)) return { point, height: here, curvature };
    let length = 1;
    for (; length > 1e-6; length /= 2) {
      const tried = point.map((value, place) => value + length * move[place]!);
      const there = yield* height(tried);
      if (there < here - 1e-12 * (1 + abs(here))) continue;
      [point, here] = [tried, there];
      break;
    }
    if (length <= 1e-6) return { point, height: here, curvature };
  }
}

/** Where right · x - x · matrix · x / 2 is highest among the points whose variables, but for the first, are 0 or more: one variable after the other, until none moves. */
export function boundedSummit(matrix: readonly (readonly number[])[], right: readonly number[], start: readonly number[]): number[] {
  const point = start.map(bounded);
  for (let sweep = 0, moved = Infinity; moved > ENOUGH && sweep < MOST_SWEEPS; sweep++) {
    moved = 0;
    for (let place = 0; place < point.length; place++) {
      const row = matrix[place]!;
      const next = bounded(point[place]! + (right[place]! - product(row, point)) / row[place]!, place);
      moved = max(moved, abs(next - point[place]!));
      point[place] = next;
    }
  }
  return point;
}

const bounded = (value: number, place: number): number => (place === 0 ? value : max(0, value));

function product(row: readonly number[], point: readonly number[]): number {
  let sum = 0;
  for (let place = 0; place < row.length; place++) sum += row[place]! * point[place]!;
  return sum;
}

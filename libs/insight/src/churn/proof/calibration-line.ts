import { logit, sigmoid } from '../models/table.js';
import { within } from './distance.js';
import type { Numbers } from './ranking.js';

const { abs, max, min } = Math;
const { isFinite } = Number;

const MOST_STEPS = 50;
const ENOUGH = 1e-10;

/**
 * Slope of the logistic regression of what came on the log-odds that were said: 1 is right, below 1 the chances are too extreme (D. R. Cox, 1958).
 * Null where there is no such line: all left or none, or the chances part leavers from stayers without an overlap.
 */
export function calibrationSlope(chances: Numbers, labels: Numbers): number | null {
  const x = logOddsOf(chances);
  if (!overlap(x, labels)) return null;
  let [intercept, slope] = [0, 1];
  for (let step = 0; step < MOST_STEPS; step++) {
    let [first, second, a, b, c] = [0, 0, 0, 0, 0];
    for (let row = 0; row < x.length; row++) {
      const chance = sigmoid(intercept + slope * x[row]!);
      const [rest, weight] = [labels[row]! - chance, chance * (1 - chance)];
      first += rest;
      second += rest * x[row]!;
      a += weight;
      b += weight * x[row]!;
      c += weight * x[row]! ** 2;
    }
    const whole = a * c - b * b;
    const [up, steeper] = [(c * first - b * second) / whole, (a * second - b * first) / whole];
    // The middle of long steps: with few rows a whole step can overshoot.
    const part = min(1, 2 / max(abs(up), abs(steeper)));
    intercept += part * up;
    slope += part * steeper;
    if (!isFinite(slope)) return null;
    if (abs(up) + abs(steeper) < ENOUGH) return slope;
  }
  return null;
}

/** Calibration in the large: what has to be added to all log-odds so that as many leave as was said; 0 is right. Null where all left or none. */
export function calibrationIntercept(chances: Numbers, labels: Numbers): number | null {
  const x = logOddsOf(chances);
  let leavers = 0;
  for (let row = 0; row < x.length; row++) leavers += labels[row]!;
  if (leavers === 0 || leavers === x.length) return null;
  let [low, high] = [-80, 80];
  // Said rises with the shift, so halving finds it, whatever the chances are.
  while (high - low > 1e-12) {
    const shift = (low + high) / 2;
    if (shift === low || shift === high) break;
    let said = 0;
    for (let row = 0; row < x.length; row++) said += sigmoid(shift + x[row]!);
    if (said < leavers) low = shift;
    else high = shift;
  }
  return (low + high) / 2;
}

const logOddsOf = (chances: Numbers): Float64Array => Float64Array.from({ length: chances.length }, (_, row) => logit(within(chances[row]!)));

/** True where some leaver lies below some stayer and some above, which is when the best line is finite. */
function overlap(x: Float64Array, labels: Numbers): boolean {
  const [least, most] = [[Infinity, Infinity], [-Infinity, -Infinity]];
  for (let row = 0; row < x.length; row++) {
    const label = labels[row]!;
    least[label] = min(least[label]!, x[row]!);
    most[label] = max(most[label]!, x[row]!);
  }
  return most[0]! > least[1]! && most[1]! > least[0]!;
}

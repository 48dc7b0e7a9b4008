import { totalOf, type Numbers } from './ranking.js';
import { wilson } from './wilson.js';

/** Shares of a bin count as at least this, so that an empty one does not make the index infinite. */
const LEAST_SHARE = 1e-4;
/** N. Siddiqi, Credit Risk Scorecards (2006): below 0.1 nothing to speak of, from 0.25 on look again at the model. */
const [MOVED, SHIFTED] = [0.1, 0.25];
/** Below it lie 95 % of a normal distribution. */
const BELOW95 = 1.6448536269514722;

export interface Drift {
  /** Population stability index: sum of (share now - share then) x ln(share now / share then). */
  readonly index: number;
  /** So much would come by chance alone in one of twenty looks at so few rows, though nothing moved. */
  readonly byChance: number;
  readonly rows: number;
  /** `moved` from 0.1 on, `shifted` from 0.25 on, and never within what comes by chance. */
  readonly level: 'stable' | 'moved' | 'shifted';
}

/** How far a distribution is from what it was: counts per bin, then and now. Null where one of both is empty. */
export function populationStability(then: Numbers, now: Numbers): Drift | null {
  const [before, rows] = [totalOf(then), totalOf(now)];
  if (before === 0 || rows === 0) return null;
  let index = 0;
  for (let bin = 0; bin < then.length; bin++) {
    const [was, is] = [Math.max(LEAST_SHARE, then[bin]! / before), Math.max(LEAST_SHARE, now[bin]! / rows)];
    index += (is - was) * Math.log(is / was);
  }
  const byChance = chiSquare95(then.length - 1) * (1 / before + 1 / rows);
  return { index, byChance, rows, level: index <= byChance || index < MOVED ? 'stable' : index < SHIFTED ? 'moved' : 'shifted' };
}

/** 95 % point of chi square (Wilson and Hilferty, 1931). The index over its scale is so distributed where nothing moved (B. Yurdakul, 2018). */
function chiSquare95(freedom: number): number {
  const spread = 2 / (9 * freedom);
  return freedom === 0 ? 0 : freedom * (1 - spread + BELOW95 * Math.sqrt(spread)) ** 3;
}

/** Edges that part values into bins of about as many each; fewer where many are the same. A value on an edge belongs to the upper bin. */
export function edgesOf(values: Numbers, bins = 10): number[] {
  const sorted = Float64Array.from({ length: values.length }, (_, row) => values[row]!).sort();
  const edges = Array.from({ length: bins - 1 }, (_, place) => sorted[Math.floor(((place + 1) * sorted.length) / bins)]!);
  return sorted.length === 0 ? [] : [...new Set(edges)].filter((edge) => edge > sorted[0]!);
}

/** How many values lie in each of the bins that edges make: one bin more than edges. */
export function countsIn(values: Numbers, edges: Numbers): number[] {
  const counts = new Array<number>(edges.length + 1).fill(0);
  for (let row = 0; row < values.length; row++) {
    let bin = 0;
    while (bin < edges.length && values[row]! >= edges[bin]!) bin += 1;
    counts[bin]! += 1;
  }
  return counts;
}

export interface CalibrationDrift {
  readonly rows: number;
  readonly left: number;
  /** Share that left, with its 95 % interval (Wilson). */
  readonly observed: number;
  readonly low: number;
  readonly high: number;
  /** Mean of the chances that were given. */
  readonly expected: number;
  readonly level: 'as said' | 'fewer left' | 'more left';
}

/** Whether as many left as was said. Null without rows. */
export function calibrationDrift(chances: Numbers, labels: Numbers): CalibrationDrift | null {
  const rows = labels.length;
  if (rows === 0) return null;
  const left = totalOf(labels);
  const expected = totalOf(chances) / rows;
  const [low, high] = wilson(left, rows);
  return { rows, left, observed: left / rows, low, high, expected, level: expected < low ? 'more left' : expected > high ? 'fewer left' : 'as said' };
}

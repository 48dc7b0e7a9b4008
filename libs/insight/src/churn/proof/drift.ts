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
  /** Looked at now. */
  readonly rows: number;
  /** `moved` from 0.1 on, `shifted` from 0.25 on, and never within what comes by chance. */
  readonly level: 'stable' | 'moved' | 'shifted';
}

/** How far a distribution is from what it was: the shares of the bins then and now, and of how many rows they are. Null where one of both is empty. */
export function populationStability(then: Numbers, now: Numbers, rows: { readonly then: number; readonly now: number }): Drift | null {
  if (rows.then === 0 || rows.now === 0) return null;
  let index = 0;
  for (let bin = 0; bin < then.length; bin++) {
    const [was, is] = [Math.max(LEAST_SHARE, then[bin]!), Math.max(LEAST_SHARE, now[bin]!)];
    index += (is - was) * Math.log(is / was);
  }
  const byChance = chiSquare95(then.length - 1) * (1 / rows.then + 1 / rows.now);
  return { index, byChance, rows: rows.now, level: index <= byChance || index < MOVED ? 'stable' : index < SHIFTED ? 'moved' : 'shifted' };
}

/** 95 % point of chi square (Wilson and Hilferty, 1931). The index over its scale is so distributed where nothing moved (B. Yurdakul, 2018). */
function chiSquare95(freedom: number): number {
  const spread = 2 / (9 * freedom);
  return freedom === 0 ? 0 : freedom * (1 - spread + BELOW95 * Math.sqrt(spread)) ** 3;
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

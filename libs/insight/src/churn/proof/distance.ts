import type { Numbers } from './ranking.js';

const { log, max, min } = Math;
const { isNaN } = Number;

/** Nobody is surer than this: one wrong certainty would make a log-loss of infinity. */
const SUREST = 1e-15;

export const within = (chance: number): number => min(1 - SUREST, max(SUREST, chance));

/** Mean surprise in nats: 0 is certain and right. Null without rows. */
export function logLoss(chances: Numbers, labels: Numbers): number | null {
  let sum = 0;
  for (let row = 0; row < chances.length; row++) sum -= log(labels[row] === 1 ? within(chances[row]!) : 1 - within(chances[row]!));
  return meanOf(sum, chances.length);
}

/** Mean squared distance from what came (G. Brier, 1950). Null without rows. */
export function brier(chances: Numbers, labels: Numbers): number | null {
  let sum = 0;
  for (let row = 0; row < chances.length; row++) sum += (chances[row]! - labels[row]!) ** 2;
  return meanOf(sum, chances.length);
}

function meanOf(sum: number, rows: number): number | null {
  if (isNaN(sum)) throw new RangeError('a chance is no number');
  return rows === 0 ? null : sum / rows;
}

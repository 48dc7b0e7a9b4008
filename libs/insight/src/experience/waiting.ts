import { kaplanMeier } from '../kaplan-meier.js';
import { type Figure, meanOf, within } from './figure.js';

/** How long something took, or has lasted so far where it has not come yet. */
export interface Wait {
  readonly minutes: number;
  readonly over: boolean;
}

export interface WaitFigures {
  /** Over those that are over: what is still waited for would only make it longer. */
  readonly mean: Figure;
  /** When half and nine tenths are over, those that still wait counted as far as they have waited (Kaplan and Meier, 1958); null where so many are not over yet. */
  readonly median: number | null;
  readonly p90: number | null;
  readonly waiting: number;
}

/** Mean, median and ninth tenth of waits of which some are not over. */
export function waitsOf(waits: readonly Wait[]): WaitFigures {
  const over = waits.filter((wait) => wait.over);
  return { mean: within(meanOf(over.map(({ minutes }) => minutes)), 0), median: quantileOver(waits, 0.5), p90: quantileOver(waits, 0.9), waiting: waits.length - over.length };
}

/** The time at which the share of those not over first falls to 1 - `share` or below. */
export function quantileOver(waits: readonly Wait[], share: number): number | null {
  const points = kaplanMeier(waits.map(({ minutes, over }) => ({ time: minutes, ended: over })));
  return points.find(({ ended, lasts }) => ended > 0 && lasts <= 1 - share + 1e-12)?.time ?? null;
}

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

/**
 * The time at which the share of those not over first falls to 1 - `share` or below: the product over the times of (1 - ended then / at risk then)
 * (E. L. Kaplan and P. Meier, Nonparametric Estimation from Incomplete Observations, 1958). Who stopped being watched at a time was at risk then.
 */
export function quantileOver(waits: readonly Wait[], share: number): number | null {
  const inOrder = waits.toSorted((a, b) => a.minutes - b.minutes);
  let [lasting, atRisk] = [1, inOrder.length];
  for (let place = 0; place < inOrder.length;) {
    const { minutes } = inOrder[place]!;
    let [ended, next] = [0, place];
    for (; next < inOrder.length && inOrder[next]!.minutes === minutes; next++) if (inOrder[next]!.over) ended += 1;
    lasting *= 1 - ended / atRisk;
    if (ended > 0 && lasting <= 1 - share + 1e-12) return minutes;
    atRisk -= next - place;
    place = next;
  }
  return null;
}

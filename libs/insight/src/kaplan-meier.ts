import { Z95 } from './churn/proof/wilson.js';

/** How long something took, or had lasted when nobody could watch it any longer (right-censored). */
export interface Spell {
  readonly time: number;
  readonly ended: boolean;
}

/** At a time at which something ended or was watched no longer. `lasts`: the share that lasts beyond it, with its interval of 95 %; null where there is none: before the first end, and the upper end once nothing lasts. */
export interface SurvivalPoint {
  readonly time: number;
  readonly atRisk: number;
  readonly ended: number;
  readonly censored: number;
  readonly lasts: number;
  readonly low: number | null;
  readonly high: number | null;
}

/** A time by which a share has ended, with its interval; null where it is not reached. */
export interface SurvivalQuantile {
  readonly value: number | null;
  readonly low: number | null;
  readonly high: number | null;
}

/** A hair: shares are products of fractions, and half may come out a little above itself. */
const HAIR = 1e-9;

/**
 * The share that lasts: the product over the times of (1 - ended then / at risk then) (E. L. Kaplan and P. Meier, Nonparametric Estimation from Incomplete Observations, 1958). Who is watched no longer from a time
 * on was at risk then. Variance: M. Greenwood (1926), the sum of ended / (at risk x (at risk - ended)); the interval is that of log(-log) of the share (J. D. Kalbfleisch and R. L. Prentice, 1980), so it stays within 0 and 1.
 */
export function kaplanMeier(spells: readonly Spell[]): SurvivalPoint[] {
  const inOrder = spells.toSorted((a, b) => a.time - b.time);
  const points: SurvivalPoint[] = [];
  let [atRisk, lasts, greenwood] = [inOrder.length, 1, 0];
  for (let place = 0; place < inOrder.length;) {
    const { time } = inOrder[place]!;
    let [ended, next] = [0, place];
    for (; next < inOrder.length && inOrder[next]!.time === time; next++) if (inOrder[next]!.ended) ended += 1;
    lasts *= 1 - ended / atRisk;
    greenwood += ended === 0 ? 0 : ended / (atRisk * (atRisk - ended));
    points.push({ time, atRisk, ended, censored: next - place - ended, lasts, ...interval(lasts, greenwood) });
    atRisk -= next - place;
    place = next;
  }
  return points;
}

function interval(lasts: number, greenwood: number): Pick<SurvivalPoint, 'low' | 'high'> {
  if (greenwood === 0) return { low: null, high: null };
  if (lasts <= 0) return { low: 0, high: null };
  const width = Math.exp((Z95 * Math.sqrt(greenwood)) / -Math.log(lasts));
  return { low: lasts ** width, high: lasts ** (1 / width) };
}

/**
 * The first time at which so many have ended: the share that lasts is 1 - `share` or less. Its interval has the times at which the interval of the curve crosses that line (R. Brookmeyer and J. Crowley,
 * A Confidence Interval for the Median Survival Time, 1982, on the scale of log(-log)).
 */
export function quantileOf(points: readonly SurvivalPoint[], share: number): SurvivalQuantile {
  const first = (of: (point: SurvivalPoint) => number | null) => points.find((point) => (of(point) ?? 1) <= 1 - share + HAIR)?.time ?? null;
  return { value: first(({ lasts }) => lasts), low: first(({ low }) => low), high: first(({ high }) => high) };
}

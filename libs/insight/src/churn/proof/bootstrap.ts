import type { Steps } from '../models/steps.js';
import { randomOf } from './random.js';
import { type Numbers, riskiestFirst } from './ranking.js';

/** Rows that are judged: what was said, what came, and what is at stake with each. */
export interface Sample {
  readonly chances: Numbers;
  readonly labels: Numbers;
  readonly amounts: Numbers;
  /** The day of each row, where rows of one day are compared. */
  readonly days?: Numbers;
}

export type Statistic = (sample: Sample) => number | null;

export interface Resampling {
  /** Of each row, the number of the cluster it belongs to, from 0 on; what is of one cluster is drawn as a whole, for it is not independent. */
  readonly clusters: Numbers;
  readonly seed: number;
  readonly times: number;
}

export interface Estimate {
  readonly value: number | null;
  /** The middle 95 % of what the resamples say; null where more than one in twenty of them has no such figure. */
  readonly low: number | null;
  readonly high: number | null;
}

/** With what each resample says, so that two estimates from the same seed and clusters can be compared pair by pair. */
export interface Resampled extends Estimate {
  readonly draws: readonly (number | null)[];
}

/** Percentile intervals of several statistics from one set of resamples of whole clusters (B. Efron and R. Tibshirani, An Introduction to the Bootstrap, 1993, chapters 8 and 13). */
export function* intervals<Name extends string>(sample: Sample, statistics: Readonly<Record<Name, Statistic>>, { clusters, seed, times }: Resampling): Steps<Record<Name, Resampled>> {
  const names = Object.keys(statistics) as Name[];
  const draw = resamplesOf(sample, clusters);
  const random = randomOf(seed);
  const draws = new Map<Name, (number | null)[]>(names.map((name) => [name, []]));
  for (let done = 0; done < times; done++) {
    const resample = draw((count) => random.below(count));
    for (const name of names) {
      draws.get(name)!.push(statistics[name](resample));
      yield { of: 'resamples', done, all: times };
    }
  }
  return Object.fromEntries(names.map((name) => [name, estimate(statistics[name](sample), draws.get(name)!)])) as Record<Name, Resampled>;
}

/** How much higher one figure is than the other, of the same rows, clusters and seed: resample by resample, so that what both share does not blur it. */
export function difference(one: Resampled, other: Resampled): Estimate {
  const minus = (a: number | null, b: number | null) => (a === null || b === null ? null : a - b);
  const { value, low, high } = estimate(minus(one.value, other.value), one.draws.map((drawn, place) => minus(drawn, other.draws[place]!)));
  return { value, low, high };
}

function estimate(value: number | null, draws: readonly (number | null)[]): Resampled {
  const known = Float64Array.from(draws.filter((drawn) => drawn !== null)).sort();
  const isEnough = value !== null && known.length > 0 && known.length >= 0.95 * draws.length;
  return { value, low: isEnough ? quantile(known, 0.025) : null, high: isEnough ? quantile(known, 0.975) : null, draws };
}

/** Of sorted values, straight between neighbours (type 7 of R, the usual one of NumPy). */
export function quantile(sorted: Numbers, share: number): number {
  const place = share * (sorted.length - 1);
  const [below, above] = [sorted[Math.floor(place)]!, sorted[Math.ceil(place)]!];
  return below + (above - below) * (place - Math.floor(place));
}

/** Rows are sorted once, so that no statistic has to sort a resample. */
function resamplesOf({ chances, labels, amounts, days }: Sample, clusters: Numbers): (below: (count: number) => number) => Sample {
  const order = riskiestFirst(chances);
  const count = order.reduce((most, row) => Math.max(most, clusters[row]! + 1), 0);
  return (below) => {
    const drawn = new Uint16Array(count);
    for (let place = 0; place < count; place++) drawn[below(count)]! += 1;
    let size = 0;
    for (const row of order) size += drawn[clusters[row]!]!;
    const [p, y, worth, on] = [new Float64Array(size), new Uint8Array(size), new Float64Array(size), new Float64Array(days ? size : 0)];
    let at = 0;
    for (const row of order) {
      for (let copies = drawn[clusters[row]!]!; copies > 0; copies--, at++) {
        p[at] = chances[row]!;
        y[at] = labels[row]!;
        worth[at] = amounts[row]!;
        if (days) on[at] = days[row]!;
      }
    }
    return { chances: p, labels: y, amounts: worth, ...(days && { days: on }) };
  };
}

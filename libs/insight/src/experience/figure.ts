import { wilson, Z95 } from '../churn/proof/wilson.js';

/** A figure with what it stands on: of `n` things counted, with the interval in which the true one lies in 19 of 20 cases. Null where nothing can be said. */
export interface Figure {
  readonly n: number;
  readonly value: number | null;
  readonly low: number | null;
  readonly high: number | null;
}

export const NOTHING: Figure = { n: 0, value: null, low: null, high: null };

/** A share of `n`, with Wilson's score interval (E. B. Wilson, 1927), which stays within 0 and 1 and says something also where all or none are hits. */
export function proportion(hits: number, n: number): Figure {
  if (n === 0) return NOTHING;
  const [low, high] = wilson(hits, n);
  return { n, value: hits / n, low, high };
}

/** Share of the first less share of the second, with the interval of R. G. Newcombe (Statistics in Medicine 17, 1998, method 10), made from Wilson's two. */
export function shareDifference(hits: number, n: number, otherHits: number, otherN: number): Figure {
  const [one, other] = [proportion(hits, n), proportion(otherHits, otherN)];
  if (one.value === null || other.value === null) return { ...NOTHING, n: n + otherN };
  const value = one.value - other.value;
  return {
    n: n + otherN, value,
    low: value - Math.hypot(one.value - one.low!, other.high! - other.value), high: value + Math.hypot(one.high! - one.value, other.value - other.low!),
  };
}

/** The mean with Student's interval; none for a single value, as it does not tell how far apart others would be. */
export function meanOf(values: readonly number[]): Figure {
  return weightedMean(values.map((value) => ({ value, weight: 1 })));
}

/**
 * Sum of weight x value over the sum of weights; deviation of it by linearisation: the root of the sum of (weight x (value - mean))^2, over the sum of weights,
 * times the root of n / (n - 1) (W. G. Cochran, Sampling Techniques, 1977, 6.4). What weighs nothing is not counted.
 */
export function weightedMean(all: readonly Weighted[]): Figure {
  const items = all.filter(({ weight }) => weight > 0);
  const n = items.length;
  const weights = sum(items.map(({ weight }) => weight));
  if (n === 0) return NOTHING;
  const value = sum(items.map((item) => item.weight * item.value)) / weights;
  if (n === 1) return { n, value, low: null, high: null };
  const half = student(n - 1) * weightedError(items)!;
  return { n, value, low: value - half, high: value + half };
}

/** With its interval cut where no true figure can lie beyond. */
export const within = <F extends Figure>(figure: F, least: number, most = Infinity): F => ({ ...figure, low: figure.low === null ? null : Math.max(least, figure.low), high: figure.high === null ? null : Math.min(most, figure.high) });

export interface Weighted { readonly value: number; readonly weight: number }

/** The standard error of a weighted mean; null of fewer than two values. */
export function weightedError(items: readonly Weighted[]): number | null {
  if (items.length < 2) return null;
  const weights = sum(items.map(({ weight }) => weight));
  const value = sum(items.map((item) => item.weight * item.value)) / weights;
  return Math.sqrt((sum(items.map((item) => (item.weight * (item.value - value)) ** 2)) * items.length) / (items.length - 1)) / weights;
}

/** As many values of the same weight would say as much: square of the sum of weights over the sum of their squares (L. Kish, Survey Sampling, 1965, 11.7). */
export function effectiveCount(weights: readonly number[]): number {
  const squares = sum(weights.map((weight) => weight ** 2));
  return squares === 0 ? 0 : sum(weights) ** 2 / squares;
}

/** The 97.5 % point of Student's distribution: exact for 1 and 2 degrees of freedom, else by the expansion around the normal one (Abramowitz and Stegun, 26.7.5), within 0.2 %. */
export function student(degrees: number): number {
  if (degrees <= 2) return degrees === 1 ? 12.706204736 : 4.302652730;
  const terms = [(Z95 ** 3 + Z95) / 4, (5 * Z95 ** 5 + 16 * Z95 ** 3 + 3 * Z95) / 96, (3 * Z95 ** 7 + 19 * Z95 ** 5 + 17 * Z95 ** 3 - 15 * Z95) / 384, (79 * Z95 ** 9 + 776 * Z95 ** 7 + 1482 * Z95 ** 5 - 1920 * Z95 ** 3 - 945 * Z95) / 92_160];
  return terms.reduce((total, term, place) => total + term / degrees ** (place + 1), Z95);
}

export const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0);

/** Groups in the order in which they come first. */
export function groupsOf<T, K>(items: readonly T[], keyOf: (item: T) => K): Map<K, T[]> {
  const groups = new Map<K, T[]>();
  for (const item of items) {
    const key = keyOf(item);
    const group = groups.get(key);
    if (group) group.push(item);
    else groups.set(key, [item]);
  }
  return groups;
}

import { Matrix } from 'ml-matrix';
import type { Standardised } from './standardised.js';
import type { Steps } from './steps.js';
import { sigmoid } from './table.js';

const CLUSTERS_AT_ONCE = 5_000;

/**
 * Cluster-robust covariance: inverse information x spread of the clusters' scores x inverse information (Liang, Zeger, 1986), with the small-sample factor G / (G - 1).
 * `prior`: the spread of the score of what ridge pulls towards, which counts as knowledge of its own.
 */
export function* sandwich(
  rows: Standardised, point: readonly number[], bread: readonly (readonly number[])[], { prior, clusters }: { readonly prior: readonly number[]; readonly clusters: Int32Array },
): Steps<number[][]> {
  const size = point.length;
  const scores = yield* clusterScores(rows, point, clusters);
  const spread = Matrix.zeros(size, size);
  for (const [place, score] of scores.entries()) {
    if (place % CLUSTERS_AT_ONCE === CLUSTERS_AT_ONCE - 1) yield { of: 'spread of clusters', done: place, all: scores.length };
    for (let one = 0; one < size; one++) for (let other = 0; other < size; other++) spread.set(one, other, spread.get(one, other) + score[one]! * score[other]!);
  }
  spread.mul(scores.length / (scores.length - 1));
  for (let place = 1; place < size; place++) spread.set(place, place, spread.get(place, place) + prior[place]!);
  const outer = new Matrix(bread.map((row) => [...row]));
  return outer.mmul(spread).mmul(outer).to2DArray();
}

/** The slope of the log-likelihood that the rows of each cluster bring, clusters in the order in which they come. */
export function* clusterScores(rows: Standardised, point: readonly number[], clusters: Int32Array): Steps<Float64Array[]> {
  if (clusters.length !== rows.rows) throw new RangeError(`${clusters.length} clusters for ${rows.rows} rows`);
  const places = new Map<number, number>();
  for (const cluster of clusters) if (!places.has(cluster)) places.set(cluster, places.size);
  if (places.size < 2) throw new RangeError('rows of a single cluster do not say how much clusters differ');
  const scores = Array.from(places, () => new Float64Array(point.length));
  yield* rows.inBlocks('clusters', 2 * point.length, ({ values, labels, count, start }) => {
    const logOdds = rows.logOdds(values, count, point);
    for (let row = 0; row < count; row++) {
      const rest = labels[row]! - sigmoid(logOdds[row]!);
      const score = scores[places.get(clusters[start + row]!)!]!;
      for (let place = 0; place < point.length; place++) score[place]! += rest * values[place]![row]!;
    }
  });
  return scores;
}

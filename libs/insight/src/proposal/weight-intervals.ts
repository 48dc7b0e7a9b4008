import { clusterScores } from '../churn/models/sandwich.js';
import type { Steps } from '../churn/models/steps.js';
import { quantile } from '../churn/proof/bootstrap.js';
import { randomOf } from '../churn/proof/random.js';
import { normal } from '../churn/simulate/normal.js';
import { boundedSummit } from './bounded.js';
import type { WeightsFit } from './fit-weights.js';

export interface Interval {
  readonly low: number;
  readonly high: number;
}

interface Resampling {
  /** The number of the cluster of each row. */
  readonly clusters: Int32Array;
  readonly seed: number;
  readonly times: number;
  /** Weights, by place on the card, of a point of the fit. */
  readonly weightsOf: (point: readonly number[]) => readonly number[];
}

/**
 * The middle 95 % of what the weights come to when whole clusters are drawn anew, and with them what is believed of the weights beforehand, within what it doubts of itself:
 * so that the interval of who has few departures is as wide as the doubt. A resample is told by the slopes that its clusters bring at the summit, not fitted from the start
 * (the score bootstrap; P. Kline, A. Santos, A Score Based Approach to Wild Bootstrap Inference, 2012).
 */
export function* weightIntervals({ rows, point, curvature, pulls, centre, repeats }: WeightsFit, { clusters, seed, times, weightsOf }: Resampling): Steps<Interval[]> {
  const scores = yield* clusterScores(rows, point, clusters);
  const random = randomOf(seed);
  const draws: (readonly number[])[] = [];
  for (let done = 0; done < times; done++) {
    const slope = new Float64Array(point.length);
    for (let drawn = 0; drawn < scores.length; drawn++) scores[random.below(scores.length)]!.forEach((value, place) => { slope[place]! += value; });
    const right = point.map((value, place) => {
      const believed = place === 0 ? 0 : centre[place]! + Math.sqrt(repeats / pulls[place]!) * normal(random);
      const along = curvature[place]!.reduce((sum, by, other) => sum + by * point[other]!, 0);
      return slope[place]! + pulls[place]! * (believed - value) + along;
    });
    draws.push(weightsOf(boundedSummit(curvature, right, point)));
    yield { of: 'resamples', done, all: times };
  }
  return draws[0]!.map((_, place) => {
    const sorted = Float64Array.from(draws, (weights) => weights[place]!).sort();
    return { low: quantile(sorted, 0.025), high: quantile(sorted, 0.975) };
  });
}

import { climb, inverse, type Hill } from './newton.js';
import { sandwich } from './sandwich.js';
import { type Standardised, standardised } from './standardised.js';
import type { Steps } from './steps.js';
import { logit, shareOfOnes, sigmoid, softplus, type Table } from './table.js';

/** Log-odds = intercept + sum of coefficient x (value - mean) / deviation: coefficients are per standard deviation. */
export interface LogisticModel {
  readonly kind: 'logistic';
  readonly intercept: number;
  readonly coefficients: readonly number[];
  readonly means: readonly number[];
  readonly deviations: readonly number[];
  /** Of intercept and coefficients, row by row: the inverse of the penalised information, or the cluster-robust sandwich. */
  readonly covariance: readonly (readonly number[])[];
}

export interface LogisticOptions {
  /** How strongly every coefficient but the intercept is pulled: the inverse of the variance that one believes it to have around the centre. */
  readonly ridge: number;
  /** The coefficients per standard deviation towards which ridge pulls; 0 where left out. */
  readonly centre?: readonly number[];
  /** How many times as strongly each coefficient is pulled; 1 where left out. */
  readonly strengths?: readonly number[];
  /** How many rows tell of one and the same thing, where they do: so much stronger ridge pulls, as if each thing were told once; 1 where left out. */
  readonly repeats?: number;
  /** Which cluster (a parent account, say) each row belongs to; rows of one cluster need not be independent. */
  readonly clusters?: Int32Array;
}

/** Maximum penalised likelihood by Newton's method (iteratively reweighted least squares; Hastie, Tibshirani, Friedman: The Elements of Statistical Learning, 4.4.1). */
export function* fitLogistic(table: Table, options: LogisticOptions): Steps<LogisticModel> {
  const share = shareOfOnes(table);
  const { ridge, strengths = table.columns.map(() => 1), repeats = 1, clusters, centre = table.columns.map(() => 0) } = options;
  if (!(ridge >= 0)) throw new RangeError(`ridge is 0 or more, not ${ridge}`);
  if (centre.length !== table.columns.length) throw new RangeError(`${centre.length} centres for ${table.columns.length} columns`);
  const rows = yield* standardised(table);
  const pulls = [0, ...strengths.map((strength) => ridge * repeats * strength)];
  const hill = penalised(likelihood(rows), pulls, [0, ...centre]);
  const { point, curvature } = yield* climb(hill, [logit(share), ...centre]);
  const covariance = inverse(curvature);
  const [intercept, ...coefficients] = point as [number, ...number[]];
  const { means, deviations } = rows;
  return {
    kind: 'logistic', intercept, coefficients, means, deviations,
    covariance: clusters ? yield* sandwich(rows, point, covariance, { prior: pulls.map((pull) => pull * repeats), clusters }) : covariance,
  };
}

/** Pulled towards a centre, each variable as strongly as it says. */
export function penalised(hill: Hill, pulls: readonly number[], centre: readonly number[]): Hill {
  return {
    *height(point) {
      return (yield* hill.height(point)) - point.reduce((sum, value, place) => sum + (pulls[place]! / 2) * (value - centre[place]!) ** 2, 0);
    },
    *slope(point) {
      const { gradient, curvature } = yield* hill.slope(point);
      return {
        gradient: gradient.map((value, place) => value - pulls[place]! * (point[place]! - centre[place]!)),
        curvature: curvature.map((row, place) => row.map((value, other) => value + (place === other ? pulls[place]! : 0))),
      };
    },
  };
}

/** The log-likelihood of an intercept and a coefficient per standardised column. */
export function likelihood(rows: Standardised): Hill {
  const size = rows.means.length + 1;
  return {
    *height(point) {
      let sum = 0;
      yield* rows.inBlocks('logistic model', size, ({ values, labels, count }) => {
        const logOdds = rows.logOdds(values, count, point);
        for (let row = 0; row < count; row++) sum += labels[row]! * logOdds[row]! - softplus(logOdds[row]!);
      });
      return sum;
    },
    *slope(point) {
      const gradient = new Array<number>(size).fill(0);
      const curvature = Array.from({ length: size }, () => new Array<number>(size).fill(0));
      const [rest, weight, weighted] = [rows.vector(), rows.vector(), rows.vector()];
      yield* rows.inBlocks('logistic model', (size * size) / 2, ({ values, labels, count }) => {
        const logOdds = rows.logOdds(values, count, point);
        for (let row = 0; row < count; row++) {
          const chance = sigmoid(logOdds[row]!);
          rest[row] = labels[row]! - chance;
          weight[row] = chance * (1 - chance);
        }
        for (let place = 0; place < size; place++) {
          const mine = values[place]!;
          let sum = 0;
          for (let row = 0; row < count; row++) {
            sum += rest[row]! * mine[row]!;
            weighted[row] = weight[row]! * mine[row]!;
          }
          gradient[place]! += sum;
          for (let other = 0; other <= place; other++) curvature[place]![other]! += product(weighted, values[other]!, count);
        }
      });
      return { gradient, curvature: curvature.map((row, place) => row.map((value, other) => (other <= place ? value : curvature[other]![place]!))) };
    },
  };
}

function product(left: Float64Array, right: Float64Array, count: number): number {
  let sum = 0;
  for (let row = 0; row < count; row++) sum += left[row]! * right[row]!;
  return sum;
}

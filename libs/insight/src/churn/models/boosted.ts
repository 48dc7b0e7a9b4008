import { binEdges, binsOf } from './bins.js';
import type { Steps } from './steps.js';
import { stepOf, type StepOptions } from './one-step.js';
import { logit, shareOfOnes, sigmoid, type Table } from './table.js';

/** The log-odds that a value adds, constant between edges: a value up to edges[i] has values[i], one above all edges the last. */
export interface Shape {
  readonly edges: readonly number[];
  readonly values: readonly number[];
}

/** Log-odds = intercept + one shape per column. Shapes are centred: a value's part is against the average row. */
export interface AdditiveModel {
  readonly kind: 'additive';
  readonly intercept: number;
  readonly shapes: readonly Shape[];
}

export interface BoostingOptions extends StepOptions {
  readonly rounds: number;
  /** Values of a column that are told apart, at most 256. */
  readonly bins: number;
}

/** Columns that take their step on the same chances; to work them out again is half of the time. */
const COLUMNS_AT_ONCE = 4;

/** Cyclic gradient boosting of one-column trees (Lou, Caruana, Gehrke: Intelligible Models for Classification and Regression, 2012): in every round each column takes one small step. */
export function* fitAdditive(table: Table, options: BoostingOptions): Steps<AdditiveModel> {
  check(options);
  const start = logit(shareOfOnes(table));
  const { columns, labels } = table;
  const told = [];
  for (const [place, column] of columns.entries()) {
    yield { of: 'columns in bins', done: place, all: columns.length };
    const edges = yield* binEdges(column, options.bins);
    told.push({ edges, bins: binsOf(column, edges), values: new Float64Array(edges.length + 1) });
  }
  const varied = told.filter(({ edges }) => edges.length > 0);
  const logOdds = new Float64Array(labels.length).fill(start);
  const [slopes, weights] = [new Float64Array(labels.length), new Float64Array(labels.length)];
  for (let round = 0; round < options.rounds; round++) {
    for (const [turn, { bins, values }] of varied.entries()) {
      yield { of: 'boosting steps', done: round * varied.length + turn, all: options.rounds * varied.length };
      if (turn % COLUMNS_AT_ONCE === 0) differentiate(labels, logOdds, slopes, weights);
      const [slope, weight] = summed(slopes, weights, bins, values.length);
      const step = stepOf(slope, weight, options);
      for (let row = 0; row < bins.length; row++) logOdds[row]! += step[bins[row]!]!;
      for (let bin = 0; bin < step.length; bin++) values[bin]! += step[bin]!;
    }
  }
  let intercept = start;
  const shapes: Shape[] = [];
  for (const { edges, bins, values } of told) {
    yield { of: 'shapes centred', done: shapes.length, all: told.length };
    let sum = 0;
    for (const bin of bins) sum += values[bin]!;
    const middle = sum / bins.length;
    intercept += middle;
    shapes.push({ edges, values: Array.from(values, (value) => value - middle) });
  }
  return { kind: 'additive', intercept, shapes };
}

function check({ rounds, rate, bins, leaves, leastWeight, ridge }: BoostingOptions): void {
  const whole = { rounds: [rounds, 0, 1e6], bins: [bins, 2, 256], leaves: [leaves, 2, 256] } as const;
  for (const [name, [value, least, most]] of Object.entries(whole)) {
    if (!Number.isInteger(value) || value < least || value > most) throw new RangeError(`${name} is a whole number from ${least} to ${most}, not ${value}`);
  }
  if (!(rate > 0 && rate <= 1)) throw new RangeError(`rate is above 0 and at most 1, not ${rate}`);
  if (!(leastWeight > 0)) throw new RangeError(`leastWeight is above 0, not ${leastWeight}`);
  if (!(ridge >= 0)) throw new RangeError(`ridge is 0 or more, not ${ridge}`);
}

function differentiate(labels: Uint8Array, logOdds: Float64Array, slopes: Float64Array, weights: Float64Array): void {
  for (let row = 0; row < labels.length; row++) {
    const chance = sigmoid(logOdds[row]!);
    slopes[row] = labels[row]! - chance;
    weights[row] = chance * (1 - chance);
  }
}

/** The sums of slopes and weights in each bin, in one pass. */
function summed(slopes: Float64Array, weights: Float64Array, bins: Uint8Array, count: number): [slope: Float64Array, weight: Float64Array] {
  const [slope, weight] = [new Float64Array(count), new Float64Array(count)];
  for (let row = 0; row < bins.length; row++) {
    const bin = bins[row]!;
    slope[bin]! += slopes[row]!;
    weight[bin]! += weights[row]!;
  }
  return [slope, weight];
}

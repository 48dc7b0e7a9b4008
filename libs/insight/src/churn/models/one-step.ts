export interface StepOptions {
  /** The share of its best step that a shape takes. */
  readonly rate: number;
  /** Levels that one step of one shape has at most. */
  readonly leaves: number;
  /** The least sum of the weights p(1 - p) on one level. */
  readonly leastWeight: number;
  /** Shrinks the level of few rows. */
  readonly ridge: number;
}

interface Leaf {
  readonly from: number;
  readonly to: number;
  readonly slope: number;
  readonly weight: number;
}

/** What a shape moves by in each bin: its bins divided greedily into leaves, each of which takes a share of its Newton step. */
export function stepOf(slopes: Float64Array, weights: Float64Array, options: StepOptions): Float64Array {
  const leaf = (from: number, to: number): Leaf => ({ from, to, slope: sum(slopes, from, to), weight: sum(weights, from, to) });
  let leaves = [leaf(0, slopes.length)];
  while (leaves.length < options.leaves) {
    const divisions = leaves.map((whole) => ({ whole, ...bestDivision(whole, slopes, weights, options) }));
    const best = divisions.reduce((one, other) => (other.gain > one.gain ? other : one));
    if (best.gain <= 0) break;
    leaves = leaves.flatMap((one) => (one === best.whole ? [leaf(one.from, best.at), leaf(best.at, one.to)] : [one]));
  }
  const step = new Float64Array(slopes.length);
  // What is the same for all bins belongs to the intercept.
  if (leaves.length === 1) return step;
  for (const { from, to, slope, weight } of leaves) step.fill((options.rate * slope) / (weight + options.ridge), from, to);
  return step;
}

function bestDivision(whole: Leaf, slopes: Float64Array, weights: Float64Array, { leastWeight, ridge }: StepOptions): { gain: number; at: number } {
  const worth = (slope: number, weight: number) => slope ** 2 / (weight + ridge);
  let best = { gain: 0, at: whole.from };
  let [slope, weight] = [0, 0];
  for (let at = whole.from + 1; at < whole.to; at++) {
    slope += slopes[at - 1]!;
    weight += weights[at - 1]!;
    if (weight < leastWeight || whole.weight - weight < leastWeight) continue;
    const gain = worth(slope, weight) + worth(whole.slope - slope, whole.weight - weight) - worth(whole.slope, whole.weight);
    if (gain > best.gain) best = { gain, at };
  }
  return best;
}

function sum(values: Float64Array, from: number, to: number): number {
  let total = 0;
  for (let place = from; place < to; place++) total += values[place]!;
  return total;
}

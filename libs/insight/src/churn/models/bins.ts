import type { Steps } from './steps.js';

/** Values that are sorted without a break. */
const AT_ONCE = 250_000;

/** Edges with about as many rows between any two; where there are few different values, one between any two of these. */
export function* binEdges(column: Float64Array, bins: number): Steps<number[]> {
  const values = yield* sorted(column);
  const different = firstDifferent(values, bins + 1);
  if (different.length <= bins) return different.slice(1).map((value, place) => between(different[place]!, value));
  const edges = Array.from({ length: bins - 1 }, (_, place) => values[Math.floor(((place + 1) * values.length) / bins)]!);
  const most = values[values.length - 1]!;
  return edges.filter((edge, place) => edge !== edges[place - 1] && edge !== most);
}

/** Half way, or the lower one where no number lies between. */
function between(low: number, high: number): number {
  const middle = low + (high / 2 - low / 2);
  return middle < high ? middle : low;
}

function* sorted(values: Float64Array): Steps<Float64Array> {
  if (values.length <= AT_ONCE) return values.slice().sort();
  const middle = values.length >> 1;
  const [low, high] = [yield* sorted(values.subarray(0, middle)), yield* sorted(values.subarray(middle))];
  yield { of: 'values in order', done: values.length, all: values.length };
  const all = new Float64Array(values.length);
  let [left, right] = [0, 0];
  for (let place = 0; place < all.length; place++) all[place] = right === high.length || low[left]! <= high[right]! ? low[left++]! : high[right++]!;
  return all;
}

/** The first so many different values of those in order. */
function firstDifferent(values: Float64Array, most: number): number[] {
  const found: number[] = [];
  for (let place = 0; place < values.length && found.length < most; place++) if (values[place] !== found.at(-1)) found.push(values[place]!);
  return found;
}

export function binsOf(column: Float64Array, edges: readonly number[]): Uint8Array {
  const bins = new Uint8Array(column.length);
  for (let row = 0; row < bins.length; row++) bins[row] = binOf(column[row]!, edges);
  return bins;
}

/** The first bin whose edge is not below the value. */
export function binOf(value: number, edges: readonly number[]): number {
  let [low, high] = [0, edges.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (value <= edges[middle]!) high = middle;
    else low = middle + 1;
  }
  return low;
}

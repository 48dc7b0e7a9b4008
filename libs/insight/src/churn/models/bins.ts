/** Edges with about as many rows between any two; where there are few different values, one between any two of these. */
export function binEdges(column: Float64Array, bins: number): number[] {
  const sorted = column.slice().sort();
  const different = sorted.filter((value, place) => place === 0 || value !== sorted[place - 1]);
  if (different.length <= bins) return Array.from(different.subarray(1), (value, place) => different[place]! + (value - different[place]!) / 2);
  const edges = Array.from({ length: bins - 1 }, (_, place) => sorted[Math.floor(((place + 1) * sorted.length) / bins)]!);
  const most = sorted[sorted.length - 1]!;
  return edges.filter((edge, place) => edge !== edges[place - 1] && edge !== most);
}

export const binsOf = (column: Float64Array, edges: readonly number[]): Uint8Array => Uint8Array.from(column, (value) => binOf(value, edges));

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

/** Columns that are not 0, and their values. */
export interface SparseVector {
  readonly places: Int32Array;
  readonly values: Float64Array;
}

/** Features that came in at least two texts, with how rare each is. */
export interface Vocabulary {
  readonly places: ReadonlyMap<string, number>;
  readonly rarities: Float64Array;
}

const LEAST = 2;

export function vocabularyOf(texts: readonly (readonly string[])[]): Vocabulary {
  const counts = new Map<string, number>();
  for (const features of texts) for (const feature of new Set(features)) counts.set(feature, (counts.get(feature) ?? 0) + 1);
  const kept = [...counts].filter(([, count]) => count >= LEAST);
  return {
    places: new Map(kept.map(([feature], place) => [feature, place])),
    rarities: Float64Array.from(kept, ([, count]) => Math.log((1 + texts.length) / (1 + count)) + 1),
  };
}

/** tf-idf of length 1: (1 + log of how often) x (log of (1 + texts) / (1 + texts with it) + 1) (G. Salton and C. Buckley, Term-weighting approaches in automatic text retrieval, 1988). */
export function vectorOf(features: readonly string[], { places, rarities }: Vocabulary): SparseVector {
  const counts = new Map<number, number>();
  for (const feature of features) {
    const place = places.get(feature);
    if (place !== undefined) counts.set(place, (counts.get(place) ?? 0) + 1);
  }
  const values = Float64Array.from(counts, ([place, count]) => (1 + Math.log(count)) * rarities[place]!);
  const length = Math.hypot(...values) || 1;
  return { places: Int32Array.from(counts.keys()), values: values.map((value) => value / length) };
}

export function product({ places, values }: SparseVector, weights: Float64Array): number {
  let total = 0;
  for (let at = 0; at < places.length; at++) total += values[at]! * weights[places[at]!]!;
  return total;
}

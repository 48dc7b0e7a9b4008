import type { ChurnRows } from '../history/churn-rows.js';
import type { Horizon } from '../history/horizon.js';
import { chanceOf } from '../risk/chance-of.js';
import type { HorizonModel } from './churn-model.js';
import { columnsOf } from './columns.js';
import type { Examples } from './examples.js';

/** A distribution in bins: values up to `edges[i]` are in bin i, those above all edges in the last; shares sum to 1 over the known ones. */
export interface Distribution {
  readonly edges: readonly number[];
  readonly shares: readonly number[];
}

/** What the rows looked like that a model was learnt from. */
export interface Reference {
  readonly rows: number;
  readonly examples: Examples;
  readonly scores: readonly { readonly horizon: Horizon; readonly distribution: Distribution }[];
  readonly features: readonly { readonly feature: string; readonly unknown: number; readonly distribution: Distribution }[];
}

const BINS = 10;

export function referenceOf(rows: ChurnRows, horizons: readonly HorizonModel[], examples: Examples): Reference {
  const all = Int32Array.from({ length: rows.size }, (_, row) => row);
  return {
    rows: rows.size, examples,
    scores: horizons.map((horizon) => {
      const table = columnsOf(horizon.columns, rows, all);
      const seen = new Float64Array(table.length);
      const chances = Array.from(all, (row) => {
        table.forEach((column, place) => { seen[place] = column[row]!; });
        return chanceOf(horizon, seen);
      });
      return { horizon: horizon.horizon, distribution: distributionOf(chances) };
    }),
    features: [...new Set(horizons.flatMap(({ columns }) => columns.flatMap(({ kind, feature }) => (kind === 'value' ? [feature] : []))))].sort().map((feature) => {
      const values = rows.values[rows.features.placeOf(feature)]!;
      const known = Array.from(all, (row) => values.at(row)).filter((value) => !Number.isNaN(value));
      return { feature, unknown: 1 - known.length / rows.size, distribution: distributionOf(known) };
    }),
  };
}

/** In up to ten bins of about as many values; equal values are never parted. */
function distributionOf(values: readonly number[]): Distribution {
  const sorted = Float64Array.from(values).sort();
  const edges = [...new Set(Array.from({ length: BINS - 1 }, (_, bin) => sorted[Math.floor(((bin + 1) * sorted.length) / BINS)]!))].filter((edge) => edge < sorted[sorted.length - 1]!);
  return { edges, shares: sharesIn(edges, sorted) };
}

/** Shares of values in the bins of these edges. */
export function sharesIn(edges: readonly number[], values: ArrayLike<number>): number[] {
  const counts = new Array<number>(edges.length + 1).fill(0);
  for (let place = 0; place < values.length; place++) {
    const bin = edges.findIndex((edge) => values[place]! <= edge);
    counts[bin < 0 ? edges.length : bin]! += 1;
  }
  return counts.map((count) => count / Math.max(1, values.length));
}

import type { ChurnRows } from '../history/churn-rows.js';
import type { Horizon } from '../history/horizon.js';
import { chanceOf } from '../risk/chance-of.js';
import { countsIn, edgesOf } from '../proof/drift.js';
import type { HorizonModel } from './churn-model.js';
import { columnsOf } from './columns.js';

/** How many values lie in which bin: a value on an edge belongs to the upper one; one bin more than edges. */
export interface Distribution {
  readonly edges: readonly number[];
  readonly counts: readonly number[];
}

/** What the rows looked like that a model was learnt from. */
export interface Reference {
  readonly scores: readonly { readonly horizon: Horizon; readonly distribution: Distribution }[];
  readonly features: readonly { readonly feature: string; readonly unknown: number; readonly distribution: Distribution }[];
}

export function referenceOf(rows: ChurnRows, horizons: readonly HorizonModel[]): Reference {
  const all = Int32Array.from({ length: rows.size }, (_, row) => row);
  return {
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

function distributionOf(values: readonly number[]): Distribution {
  const edges = edgesOf(values);
  return { edges, counts: countsIn(values, edges) };
}

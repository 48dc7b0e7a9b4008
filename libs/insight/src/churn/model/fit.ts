import type { ChurnRows } from '../history/churn-rows.js';
import type { Horizon } from '../history/horizon.js';
import { fitAdditive } from '../models/boosted.js';
import { fitLogistic } from '../models/logistic.js';
import type { RiskModel } from '../models/parts.js';
import type { Steps } from '../models/steps.js';
import type { Table } from '../models/table.js';
import { type Column, columnsOf } from './columns.js';
import type { Known } from './known-rows.js';
import { priorOf } from './prior.js';

/** How strongly coefficients are pulled towards the prior, per departure counted once however many rows it is in; between 5 and 60 rolling validation on reference data says the same. */
const RIDGE = 10;
const BOOSTING = { rounds: 120, rate: 0.05, bins: 64, leaves: 3, leastWeight: 5, ridge: 10 } as const;

export function* fitRisk(kind: RiskModel['kind'], rows: ChurnRows, columns: readonly Column[], known: Known, horizon: Horizon): Steps<RiskModel> {
  const table: Table = { columns: columnsOf(columns, rows, known.rows), labels: known.labels };
  // Rows of one departure are not as many lessons as they are rows.
  const repeats = known.leavers / known.departures;
  if (kind === 'additive') return yield* fitAdditive(table, { ...BOOSTING, rounds: Math.min(BOOSTING.rounds, Math.ceil(known.departures / 2)), leastWeight: BOOSTING.leastWeight * repeats, ridge: BOOSTING.ridge * repeats });
  const centre = columns.map((column, place) => (column.kind === 'value' ? priorOf(column.feature, horizon) * deviationOf(table.columns[place]!) : 0));
  return yield* fitLogistic(table, { ridge: RIDGE * repeats, centre, clusters: clustersOf(rows, known.rows) });
}

function deviationOf(column: Float64Array): number {
  const mean = column.reduce((sum, value) => sum + value, 0) / column.length;
  return Math.sqrt(column.reduce((sum, value) => sum + (value - mean) ** 2, 0) / column.length) || 1;
}

/** Numbers of the clusters, from 0 in the order in which they come. */
export function clustersOf({ clusters }: ChurnRows, chosen: ArrayLike<number>): Int32Array {
  const numbers = new Map<string, number>();
  return Int32Array.from(chosen, (row) => {
    const cluster = clusters[row]!;
    if (!numbers.has(cluster)) numbers.set(cluster, numbers.size);
    return numbers.get(cluster)!;
  });
}

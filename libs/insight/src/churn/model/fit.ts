import type { ChurnRows } from '../history/churn-rows.js';
import type { Horizon } from '../history/horizon.js';
import { fitAdditive } from '../models/boosted.js';
import { fitLogistic } from '../models/logistic.js';
import type { RiskModel } from '../models/parts.js';
import type { Steps } from '../models/steps.js';
import type { Table } from '../models/table.js';
import { type Column, columnsOf } from './columns.js';
import { priorOf } from './prior.js';

/** Rows of one horizon whose outcome was known by the end of a day. */
export interface Known {
  readonly rows: Int32Array;
  readonly labels: Uint8Array;
  readonly leavers: number;
}

/** The rows of the horizon at this place in the options that were taken before `before`, with what was known of their outcome on `day`. */
export function knownRows(rows: ChurnRows, place: number, { before, day }: { before: number; day: number }): Known {
  const chosen: number[] = [];
  for (let row = 0; row < rows.size; row++) if (rows.days.at(row) < before && !Number.isNaN(rows.labels[place]!.at(row, day))) chosen.push(row);
  const labels = Uint8Array.from(chosen, (row) => rows.labels[place]!.at(row, day));
  return { rows: Int32Array.from(chosen), labels, leavers: labels.reduce((sum, label) => sum + label, 0) };
}

/** Pulls coefficients towards the prior as strongly as this many rows of evidence each would; learnt from rolling validation on the reference data. */
const RIDGE = 5;
const BOOSTING = { rounds: 120, rate: 0.05, bins: 64, leaves: 3, leastWeight: 5, ridge: 1 } as const;

export function* fitRisk(kind: RiskModel['kind'], rows: ChurnRows, columns: readonly Column[], known: Known, horizon: Horizon): Steps<RiskModel> {
  const table: Table = { columns: columnsOf(columns, rows, known.rows), labels: known.labels };
  if (kind === 'additive') return yield* fitAdditive(table, BOOSTING);
  const centre = columns.map((column, place) => (column.kind === 'value' ? priorOf(column.feature, horizon) * deviationOf(table.columns[place]!) : 0));
  return yield* fitLogistic(table, { ridge: RIDGE, centre, clusters: clustersOf(rows, known.rows) });
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

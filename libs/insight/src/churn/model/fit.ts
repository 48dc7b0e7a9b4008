import type { ChurnRows } from '../history/churn-rows.js';
import type { Horizon } from '../history/horizon.js';
import { fitAdditive } from '../models/boosted.js';
import { fitLogistic } from '../models/logistic.js';
import type { RiskModel } from '../models/parts.js';
import { deviationOf, meanOf } from '../models/standardised.js';
import type { Steps } from '../models/steps.js';
import type { Table } from '../models/table.js';
import { type Column, columnsOf } from './columns.js';
import type { Known } from './known-rows.js';
import { priorOf } from './prior.js';

const { max, min } = Math;

/** How strongly coefficients are pulled towards the prior, per departure counted once however many rows it is in; between 5 and 60 rolling validation on reference data says the same. */
const RIDGE = 10;
/** Of few departures a step more learns chance; found by rolling validation on reference data. */
const DEPARTURES_PER_ROUND = 10;
const BOOSTING = { rounds: 120, rate: 0.05, bins: 64, leaves: 3, leastWeight: 5, ridge: 10 } as const;

export function* fitRisk(kind: RiskModel['kind'], rows: ChurnRows, columns: readonly Column[], known: Known, horizon: Horizon): Steps<RiskModel> {
  const table: Table = { columns: columnsOf(columns, rows, known.rows), labels: known.labels };
  // Rows of one departure are not as many lessons as they are rows.
  const repeats = known.leavers / known.departures;
  if (kind === 'additive') return yield* fitAdditive(table, { ...BOOSTING, rounds: min(BOOSTING.rounds, Math.ceil(known.departures / DEPARTURES_PER_ROUND)), leastWeight: BOOSTING.leastWeight * repeats, ridge: BOOSTING.ridge * repeats });
  const centre = columns.map((column, place) => (column.kind === 'value' ? priorOf(column.feature, horizon) * deviationOf(table.columns[place]!, meanOf(table.columns[place]!)) : 0));
  const clusters = clustersOf(rows, known.rows);
  return yield* fitLogistic(table, { ridge: RIDGE, strengths: table.columns.map(strengthOf), repeats, centre, ...(clusters.some((cluster) => cluster > 0) && { clusters }) });
}

/** A half is the deviation of what is so for every second customer. */
const EVEN = 0.5;

/**
 * What goes from 0 to 1 is pulled as if every second customer had it (as A. Gelman scales inputs, 2008): else what hardly anybody has would be pulled so little,
 * per customer who has it, that a handful of departures made it decide.
 */
function strengthOf(column: Float64Array): number {
  const range = column.reduce((most, value) => max(most, value), -Infinity) - column.reduce((least, value) => min(least, value), Infinity);
  return range > 1 ? 1 : max(1, (EVEN / deviationOf(column, meanOf(column))) ** 2);
}

/** Numbers of the clusters, from 0 in the order in which they come. */
export function clustersOf({ clusters }: Pick<ChurnRows, 'clusters'>, chosen: ArrayLike<number>): Int32Array {
  const numbers = new Map<string, number>();
  return Int32Array.from(chosen, (row) => {
    const cluster = clusters[row]!;
    if (!numbers.has(cluster)) numbers.set(cluster, numbers.size);
    return numbers.get(cluster)!;
  });
}

import { dateOfDay } from '../../day.js';
import type { ChurnRows } from '../history/churn-rows.js';
import type { Steps } from '../models/steps.js';
import { sigmoid } from '../models/table.js';
import { type BacktestOptions, taughtPlaces } from './backtest.js';
import { outOfTime } from './out-of-time.js';

/** A person-period row as a table has it, for whoever wants to check a model with a tool of their own. */
export interface TableRow {
  readonly customer: string;
  readonly cluster: string;
  readonly on: string;
  /** By horizon: 1 notice came within it, 0 it did not, null that cannot be told. */
  readonly labels: Readonly<Record<string, number | null>>;
  /** By horizon: the chance that a model foretold which had not seen that time, null where none did; and the first day of the stretch that it foretold, up to which outcomes were known. */
  readonly foretold: Readonly<Record<string, { readonly chance: number; readonly origin: string } | null>>;
  /** By feature, null where unknown. */
  readonly values: Readonly<Record<string, number | null>>;
  readonly words: readonly string[];
}

const ROWS_AT_ONCE = 500;

/** Every row with what was foretold of it, in slices. */
export function* tableOf(rows: ChurnRows, options: BacktestOptions): Steps<() => Generator<TableRow[], void, void>> {
  const foretold = new Map<string, ReadonlyMap<number, { chance: number; origin: string }>>();
  for (const place of taughtPlaces(rows)) {
    const { rows: places, logOdds, origins } = yield* outOfTime(rows, place, options);
    const originOf = (day: number) => dateOfDay(origins.findLast((origin) => origin <= day)!);
    foretold.set(String(rows.options.horizons[place]), new Map(Array.from(places, (row, at) => [row, { chance: sigmoid(logOdds[at]!), origin: originOf(rows.days.at(row)) }])));
  }
  return function* () {
    for (let from = 0; from < rows.size; from += ROWS_AT_ONCE) yield Array.from({ length: Math.min(ROWS_AT_ONCE, rows.size - from) }, (_, at) => rowOf(rows, from + at, foretold));
  };
}

function rowOf(rows: ChurnRows, row: number, foretold: ReadonlyMap<string, ReadonlyMap<number, { chance: number; origin: string }>>): TableRow {
  const { horizons, knownUntil } = rows.options;
  const known = (value: number): number | null => (Number.isNaN(value) ? null : value);
  return {
    customer: rows.customers[row]!, cluster: rows.clusters[row]!, on: dateOfDay(rows.days.at(row)),
    labels: Object.fromEntries(horizons.map((horizon, place) => [String(horizon), known(rows.labels[place]!.at(row, knownUntil))])),
    foretold: Object.fromEntries(horizons.map((horizon) => [String(horizon), foretold.get(String(horizon))?.get(row) ?? null])),
    values: Object.fromEntries(rows.features.numbers.map(({ id }, place) => [id, known(rows.values[place]!.at(row))])),
    words: rows.words[row]!,
  };
}

import { dateOfDay } from '../../day.js';
import type { ChurnRows } from '../history/churn-rows.js';
import type { Features } from '../history/features.js';
import { partsOf } from '../models/parts.js';
import type { HorizonModel } from './churn-model.js';
import { columnsOf } from './columns.js';
import type { Foretold } from './out-of-time.js';

/** A customer of the history, as the model sees it, and what became of it. */
export interface Example {
  readonly customer: string;
  /** The day at whose end it was so. */
  readonly on: string;
  readonly left: boolean;
  /** Log-odds by group of features, in the order of `groups`. */
  readonly parts: readonly number[];
}

/** Customers with whom others can be compared, of the horizon that lists go by. */
export interface Examples {
  readonly horizon: HorizonModel['horizon'];
  readonly groups: readonly string[];
  readonly customers: readonly Example[];
}

const MOST_OF_EACH = 60;

/** Of time that was foretold: up to sixty who left and sixty who stayed, each once, from the lowest chance to the highest at equal steps. */
export function examplesOf(rows: ChurnRows, foretold: Foretold, horizon: HorizonModel): Examples {
  const groups = groupsOf(rows.features, horizon);
  const wanted = [1, 0].flatMap((label) => spread(onePerCustomer(rows, foretold, label)));
  const chosen = Int32Array.from(wanted, (at) => foretold.rows[at]!);
  const table = columnsOf(horizon.columns, rows, chosen);
  return {
    horizon: horizon.horizon, groups,
    customers: wanted.map((at, place) => ({
      customer: rows.customers[chosen[place]!]!, on: dateOfDay(rows.days.at(chosen[place]!)), left: foretold.labels[at] === 1,
      parts: partsByGroup(rows.features, horizon, Float64Array.from(table, (column) => column[place]!), groups),
    })),
  };
}

/** The groups of what a model looks at. */
const groupsOf = (features: Features, { columns }: HorizonModel): string[] => [...new Set(columns.map(({ feature }) => features.featureOf(feature).group))].sort();

export function partsByGroup(features: Features, { columns, model }: HorizonModel, seen: ArrayLike<number>, groups: readonly string[]): number[] {
  const sums = groups.map(() => 0);
  partsOf(model, seen).forEach((part, place) => { sums[groups.indexOf(features.featureOf(columns[place]!.feature).group)]! += part; });
  return sums;
}

/** Places in what was foretold: the last row of each customer that has one with this label; of the surest first. */
function onePerCustomer(rows: ChurnRows, { rows: places, labels, logOdds }: Foretold, label: number): number[] {
  const last = new Map<string, number>();
  places.forEach((row, at) => {
    if (labels[at] !== label) return;
    const before = last.get(rows.customers[row]!);
    if (before === undefined || rows.days.at(row) > rows.days.at(places[before]!)) last.set(rows.customers[row]!, at);
  });
  return [...last.values()].sort((a, b) => logOdds[b]! - logOdds[a]! || (rows.customers[places[a]!]! < rows.customers[places[b]!]! ? -1 : 1));
}

const spread = (places: readonly number[]): number[] => (places.length <= MOST_OF_EACH ? [...places] : Array.from({ length: MOST_OF_EACH }, (_, at) => places[Math.floor((at * places.length) / MOST_OF_EACH)]!));

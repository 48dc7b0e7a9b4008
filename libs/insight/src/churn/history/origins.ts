import { addMonths, dateAt } from '../../day.js';
import { HORIZONS } from './horizon.js';
import type { RowOptions } from './period-rows.js';

const FOUR_WEEKS = 28;

/** The last days of the months that end from `from` to `to`, both included. */
export function monthEnds(from: number, to: number): number[] {
  const first = dateAt(from);
  const ends: number[] = [];
  for (let month = 1; ; month++) {
    const end = addMonths(Math.floor(Date.UTC(first.getUTCFullYear(), first.getUTCMonth(), 1) / 86_400_000), month) - 1;
    if (end > to) return ends;
    if (end >= from) ends.push(end);
  }
}

/** The last day of a month that is not after this day. */
export function lastMonthEnd(day: number): number {
  return monthEnds(day - 31, day).at(-1)!;
}

/** A row per customer and month, with the horizons that answers are given for; a customer is looked at after its first four weeks. */
export const monthlyRows = ({ from, to, ...rest }: { readonly from: number; readonly to: number } & Pick<RowOptions, 'gapDays' | 'knownUntil' | 'dayOf' | 'causes'>): RowOptions => ({
  ...rest, origins: monthEnds(from, to), horizons: HORIZONS, leastDays: FOUR_WEEKS,
});

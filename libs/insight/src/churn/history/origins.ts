import { addMonths, dateAt } from '../../day.js';

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

import type { WorkingCalendar } from './calendar.js';
import { Openings } from './openings.js';

const MINUTE = 60_000;

/**
 * The first moment, from `from` on, by which so many minutes were worked; `from` itself for none. What falls due at the end of a day is due then, not on the next.
 * @param from RFC 3339 @returns RFC 3339 in UTC
 * @throws RangeError for less than no time, and for a calendar by which nobody can work
 */
export function addWorkingTime(from: string, minutes: number, calendar: WorkingCalendar): string {
  if (!(minutes >= 0 && minutes < 1e9)) throw new RangeError(`${minutes} is no number of minutes to work`);
  const openings = Openings.of(calendar);
  const start = Date.parse(from);
  let left = Math.round(minutes * MINUTE);
  if (left === 0) return new Date(start).toISOString();
  // A holiday too many only makes it later: the list of holidays ends.
  for (let day = openings.dayAt(start); ; day++) {
    for (const [opens, closes] of openings.on(day)) {
      const begin = Math.max(opens, start);
      if (closes - begin >= left) return new Date(begin + left).toISOString();
      left -= Math.max(0, closes - begin);
    }
  }
}

/** The minutes worked from one moment to another; less than none where `to` is before `from`. @param from RFC 3339 @param to RFC 3339 @throws RangeError for a calendar by which nobody can work */
export function workingTimeBetween(from: string, to: string, calendar: WorkingCalendar): number {
  const [start, end] = [Date.parse(from), Date.parse(to)];
  return start <= end ? worked(Openings.of(calendar), start, end) / MINUTE : -worked(Openings.of(calendar), end, start) / MINUTE;
}

function worked(openings: Openings, start: number, end: number): number {
  let sum = 0;
  // One day more: a clock that is put back past midnight shows a day again that was over.
  const last = openings.dayAt(end) + 1;
  for (let day = openings.dayAt(start); day <= last; day++) {
    for (const [opens, closes] of openings.on(day)) sum += Math.max(0, Math.min(closes, end) - Math.max(opens, start));
  }
  return sum;
}

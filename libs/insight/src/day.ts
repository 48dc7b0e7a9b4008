const DAY = 86_400_000;
const SLOT = 900_000;
const REMEMBERED = 50_000;

/** Turns an instant (RFC 3339) into a day: whole days since 1970-01-01 on the tenant's calendar. */
export type DayOf = (instant: string) => number;

/**
 * Makes the `dayOf` of one time zone (IANA name). Right across daylight saving changes; asks Intl once or twice per UTC day.
 * @throws RangeError for an unknown zone; the result throws RangeError for text that is no instant
 */
export function dayCounter(timeZone: string): DayOf {
  const offsetAt = offsetsOf(timeZone);
  const steady = new Map<number, number | null>();
  let [lastInstant, lastDay] = ['', 0];
  return (instant) => {
    // Who folds asks for the day of one event several times.
    if (instant === lastInstant) return lastDay;
    const at = Date.parse(instant);
    if (Number.isNaN(at)) throw new RangeError(`"${instant}" is not an instant`);
    const utcDay = Math.floor(at / DAY);
    let offset = steady.get(utcDay);
    if (offset === undefined) {
      const morning = offsetAt(utcDay * DAY);
      offset = morning === offsetAt((utcDay + 1) * DAY) ? morning : null;
      if (steady.size > REMEMBERED) steady.clear();
      steady.set(utcDay, offset);
    }
    // On the day of a change the offset is looked up per quarter of an hour: no zone changes between two of them.
    lastDay = Math.floor((at + (offset ?? offsetAt(Math.floor(at / SLOT) * SLOT))) / DAY);
    lastInstant = instant;
    return lastDay;
  };
}

function offsetsOf(timeZone: string): (at: number) => number {
  const format = new Intl.DateTimeFormat('en-US-u-ca-gregory-nu-latn', {
    timeZone, hourCycle: 'h23', year: 'numeric', month: 'numeric', day: 'numeric', hour: 'numeric', minute: 'numeric', second: 'numeric',
  });
  return (at) => {
    const part: Record<string, number> = {};
    for (const { type, value } of format.formatToParts(at)) part[type] = Number(value);
    return Date.UTC(part['year']!, part['month']! - 1, part['day'], part['hour'], part['minute'], part['second']) - at;
  };
}

const dates = new Map<string, number>();

/** The day of a date `YYYY-MM-DD`. Remembers what it has worked out. @throws RangeError for text that is no date */
export function dayOfDate(date: string): number {
  const known = dates.get(date);
  if (known !== undefined) return known;
  const at = Date.parse(`${date}T00:00:00Z`);
  // Date.parse takes 31 February for 3 March.
  if (Number.isNaN(at) || new Date(at).toISOString().slice(0, 10) !== date) throw new RangeError(`"${date}" is not a date like 2026-11-02`);
  if (dates.size > REMEMBERED) dates.clear();
  dates.set(date, Math.floor(at / DAY));
  return Math.floor(at / DAY);
}

/** The date `YYYY-MM-DD` of a day. */
export function dateOfDay(day: number): string {
  return dateAt(day).toISOString().slice(0, 10);
}

/** Midnight UTC of a day's date: for its parts, not for a moment in the tenant's day. */
export function dateAt(day: number): Date {
  return new Date(day * DAY);
}

/** The same day of the month some months on; the month's last day where there is none. */
export function addMonths(day: number, months: number): number {
  const date = dateAt(day);
  const first = new Date(Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + months, 1));
  const last = new Date(Date.UTC(first.getUTCFullYear(), first.getUTCMonth() + 1, 0)).getUTCDate();
  return Math.floor(first.getTime() / DAY) + Math.min(date.getUTCDate(), last) - 1;
}

/** Weeks start on Monday; week 0 is the one of 1970-01-01. */
export function weekOf(day: number): number {
  return Math.floor((day + 3) / 7);
}

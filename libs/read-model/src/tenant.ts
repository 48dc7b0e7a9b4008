import type { Sql } from '#event-store';
import { dateOfDay, type DayOf, dayCounter, dayOfDate } from '#insight';

const counters = new Map<string, DayOf>();

/** The day counter of a zone, made once: it remembers offsets. */
export function dayOfIn(timeZone: string): DayOf {
  const known = counters.get(timeZone) ?? dayCounter(timeZone);
  counters.set(timeZone, known);
  return known;
}

/** A tenant's calendar. */
export interface Calendar {
  readonly timeZone: string;
  readonly dayOf: DayOf;
  /** The tenant's today, `YYYY-MM-DD`; `pinned` when it was set by hand and does not follow the clock; in the zone that all dates are told in. */
  readonly today: { readonly date: string; readonly day: number; readonly pinned: boolean; readonly timeZone: string };
  /** The moment an answer is about when nobody asks for another: now, or the end of the pinned day. */
  readonly now: string;
}

export async function calendarOf(sql: Sql, tenant: string, now: Date): Promise<Calendar> {
  const [row] = await sql.query<CalendarRow>(`select ${CALENDAR_COLUMNS} from tenant where id = $1`, [tenant], 'calendar');
  return calendarFrom(row, now);
}

/** The row of a tenant, and what to select of it. */
export interface CalendarRow { time_zone: string | null; pinned: string | null }
export const CALENDAR_COLUMNS = `time_zone, to_char(pinned_day, 'YYYY-MM-DD') as pinned`;

export function calendarFrom(row: CalendarRow | undefined, now: Date): Calendar {
  const timeZone = row?.time_zone ?? 'UTC';
  const dayOf = dayOfIn(timeZone);
  const day = row?.pinned ? dayOfDate(row.pinned) : dayOf(now.toISOString());
  return {
    timeZone, dayOf, today: { date: dateOfDay(day), day, pinned: Boolean(row?.pinned), timeZone },
    now: row?.pinned ? endOfDay(day, dayOf) : now.toISOString(),
  };
}

const ends = new WeakMap<DayOf, Map<number, string>>();
/** More days than this are not remembered: 130 years. */
const REMEMBERED = 50_000;

/** The last millisecond of a day on the tenant's calendar. Remembered: sums over many customers ask for the same days again and again. */
export function endOfDay(day: number, dayOf: DayOf): string {
  const known = ends.get(dayOf) ?? new Map<number, string>();
  ends.set(dayOf, known);
  const end = known.get(day) ?? lookedFor(day, dayOf);
  if (known.size >= REMEMBERED) known.clear();
  known.set(day, end);
  return end;
}

function lookedFor(day: number, dayOf: DayOf): string {
  let low = Date.parse(`${dateOfDay(day)}T00:00:00Z`) - 14 * 3_600_000;
  let high = low + 52 * 3_600_000;
  while (high - low > 1) {
    const middle = Math.floor((low + high) / 2);
    if (dayOf(new Date(middle).toISOString()) <= day) low = middle;
    else high = middle;
  }
  return new Date(low).toISOString();
}

/** The first millisecond of a day on the tenant's calendar. */
export const startOfDay = (day: number, dayOf: DayOf): string => new Date(Date.parse(endOfDay(day - 1, dayOf)) + 1).toISOString();

import type { IANAZone } from 'luxon';
import { minutesOf, type WorkingCalendar, weekdays, weekFlaws } from './calendar.js';
import { dayAt, momentOf, zoneNamed } from './wall-clock.js';

const DAY = 86_400_000;
/** Years of days: a calendar that many questions are asked of does not grow for ever. */
const MOST_DAYS = 4_000;

/** A stretch of working time, in milliseconds since 1970. */
export type Opening = readonly [from: number, to: number];

/** The working time of a calendar, day by day. */
export class Openings {
  private static readonly known = new WeakMap<WorkingCalendar, Openings>();
  private readonly days = new Map<number, readonly Opening[]>();
  private readonly holidays: ReadonlySet<number>;

  private constructor(private readonly calendar: WorkingCalendar, private readonly zone: IANAZone) {
    this.holidays = new Set(calendar.holidays.map((date) => Date.parse(`${date}T00:00:00Z`) / DAY));
  }

  /** @throws RangeError when nobody can work by this calendar: an unknown time zone, or flaws of its week */
  static of(calendar: WorkingCalendar): Openings {
    const known = this.known.get(calendar);
    if (known) return known;
    const [flaw] = weekFlaws(calendar.week);
    if (flaw) throw new RangeError(`${flaw.path.join('.')}: ${flaw.message}`);
    const openings = new Openings(calendar, zoneNamed(calendar.timeZone));
    this.known.set(calendar, openings);
    return openings;
  }

  dayAt(instant: number): number {
    return dayAt(this.zone, instant);
  }

  /** The stretches of a day (days since 1970-01-01), in order. */
  on(day: number): readonly Opening[] {
    const known = this.days.get(day);
    if (known) return known;
    if (this.days.size >= MOST_DAYS) this.days.clear();
    const openings = this.work(day);
    this.days.set(day, openings);
    return openings;
  }

  private work(day: number): Opening[] {
    if (this.holidays.has(day)) return [];
    // 1970-01-01 was a Thursday.
    const spans = this.calendar.week[weekdays[(((day + 3) % 7) + 7) % 7]!] ?? [];
    return spans.map(([from, to]) => [momentOf(this.zone, day, minutesOf(from)), momentOf(this.zone, day, minutesOf(to))]);
  }
}

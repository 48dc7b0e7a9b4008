import { minutesOf, type WorkingCalendar, weekdays } from './calendar.js';
import { dayAt, momentOf, zoneNamed } from './wall-clock.js';

const DAY = 86_400_000;
/** A year of holidays is a mistake, but it must not hold anybody up for ever. */
const LONGEST = 3_660;

/** Whether anybody works on a day, YYYY-MM-DD. */
export function isWorkingDay(date: string, { week, holidays }: WorkingCalendar): boolean {
  // 1970-01-01 was a Thursday.
  const weekday = weekdays[(((numberOf(date) + 3) % 7) + 7) % 7]!;
  return (week[weekday] ?? []).length > 0 && !holidays.includes(date);
}

/** The day that is so many working days after this one; for none this day itself, or the first working day after it. @throws RangeError where nobody works for ten years */
export function addWorkingDays(date: string, count: number, calendar: WorkingCalendar): string {
  let [day, left] = [numberOf(date), count];
  for (const last = day + LONGEST; day <= last; day++) {
    if (isWorkingDay(dateOf(day), calendar) && (day > numberOf(date) || count === 0) && --left <= 0) return dateOf(day);
  }
  throw new RangeError('By this calendar nobody works for ten years.');
}

/** Which day it is in a time zone at a moment (RFC 3339). @throws RangeError when there is no such zone */
export const dateIn = (timeZone: string, instant: string): string => dateOf(dayAt(zoneNamed(timeZone), Date.parse(instant)));

/** The first moment of a day at which the clock on the wall there shows a time, such as 07:30, or more, RFC 3339 in UTC. @throws RangeError when there is no such zone */
export const momentIn = (timeZone: string, date: string, time: string): string => new Date(momentOf(zoneNamed(timeZone), numberOf(date), minutesOf(time))).toISOString();

const numberOf = (date: string): number => Date.parse(`${date}T00:00:00Z`) / DAY;
const dateOf = (day: number): string => new Date(day * DAY).toISOString().slice(0, 10);

import { DateTime } from 'luxon';

/** A minute on the clock of the tenant's office, counted since 1970-01-01 00:00 there. */
export type Moment = number;

const DAY = 1440;
const [OPENS, CLOSES] = [8 * 60, 18 * 60];

/** The office calendar around one day, without a look at the real clock. Days are whole days since 1970-01-01. */
export interface Calendar {
  readonly today: number;
  readonly iso: (moment: Moment) => string;
  /** `YYYY-MM-DD` of a day. */
  readonly date: (day: number) => string;
  /** A moment some days before today. */
  readonly ago: (days: number, hour?: number, minute?: number) => Moment;
  /** This day, or the last working day before it. */
  readonly workdayAt: (day: number) => number;
  readonly isWorkday: (day: number) => boolean;
  /** Later by so many office hours (8 to 18 on working days). */
  readonly plusWork: (moment: Moment, hours: number) => Moment;
  /** How much of the usual work goes on in the week of this Monday: holidays and summer dip. */
  readonly season: (monday: number) => number;
  /** The same day of the month, some months on. */
  readonly plusMonths: (day: number, months: number) => number;
}

export const dayOf = (moment: Moment): number => Math.floor(moment / DAY);
export const at = (day: number, hour = 10, minute = 0): Moment => day * DAY + hour * 60 + minute;
/** 0 is Monday. */
export const weekday = (day: number): number => (day + 3) % 7;

export function calendarOf(today: string, timeZone: string): Calendar {
  const start = Math.floor(Date.parse(`${today}T00:00:00Z`) / 86_400_000);
  if (today.length !== 10 || Number.isNaN(start)) throw new RangeError(`"${today}" is not a date like 2026-11-02`);
  const offsets = new Map<number, number>();
  const offsetOn = (day: number) => {
    const [year, month, date] = partsOf(day);
    // Read at noon: the office is closed when clocks change.
    if (!offsets.has(day)) offsets.set(day, DateTime.fromObject({ year, month, day: date, hour: 12 }, { zone: timeZone }).offset);
    return offsets.get(day)!;
  };
  return {
    today: start, isWorkday, workdayAt, plusWork, season, plusMonths,
    iso: (moment) => new Date((moment - offsetOn(dayOf(moment))) * 60_000).toISOString(),
    date: (day) => new Date(day * 86_400_000).toISOString().slice(0, 10),
    ago: (days, hour, minute) => at(start - days, hour, minute),
  };
}

/** Year, month (from 1) and date of a day. */
function partsOf(day: number): [year: number, month: number, date: number] {
  const date = new Date(day * 86_400_000);
  return [date.getUTCFullYear(), date.getUTCMonth() + 1, date.getUTCDate()];
}

const dayFrom = (year: number, month: number, date: number) => Math.round(Date.UTC(year, month - 1, date) / 86_400_000);

function plusMonths(day: number, months: number): number {
  const [year, month, date] = partsOf(day);
  return Math.min(dayFrom(year, month + months, date), dayFrom(year, month + months + 1, 0));
}

function isWorkday(day: number): boolean {
  return weekday(day) < 5 && !isHoliday(day);
}

function workdayAt(day: number): number {
  return isWorkday(day) ? day : workdayAt(day - 1);
}

function plusWork(moment: Moment, hours: number): Moment {
  let left = Math.round(hours * 60);
  let now = moment;
  for (;;) {
    const day = dayOf(now);
    const from = Math.max(now, day * DAY + OPENS);
    const room = isWorkday(day) ? day * DAY + CLOSES - from : 0;
    if (room > left) return from + left;
    left -= Math.max(0, room);
    now = (day + 1) * DAY;
  }
}

const holidays = new Map<number, boolean>();

/** Public holidays in all of Germany, and the days when offices are empty anyway. */
function isHoliday(day: number): boolean {
  let known = holidays.get(day);
  if (known === undefined) {
    const [year, month, date] = partsOf(day);
    const fixed = ['1-1', '5-1', '10-3', '12-24', '12-25', '12-26', '12-31'].includes(`${month}-${date}`);
    known = fixed || [-2, 1, 39, 50].includes(day - easter(year));
    holidays.set(day, known);
  }
  return known;
}

/** Easter Sunday in the Gregorian calendar (the anonymous algorithm of 1876). */
function easter(year: number): number {
  const [a, b, c] = [year % 19, Math.floor(year / 100), year % 100];
  const h = (19 * a + b - (b >> 2) - Math.floor((b - Math.floor((b + 8) / 25) + 1) / 3) + 15) % 30;
  const l = (32 + 2 * (b % 4) + 2 * (c >> 2) - h - (c % 4)) % 7;
  const m = Math.floor((a + 11 * h + 22 * l) / 451);
  const sum = h + l - 7 * m + 114;
  return dayFrom(year, Math.floor(sum / 31), (sum % 31) + 1);
}

function season(monday: number): number {
  const [, month, date] = partsOf(monday + 3);
  const worked = [0, 1, 2, 3, 4].filter((day) => isWorkday(monday + day)).length;
  const holiday = (month === 12 && date >= 21) || (month === 1 && date <= 6) ? 0.75 : month === 8 ? 0.93 : 1;
  return holiday * (0.85 + 0.15 * (worked / 5));
}

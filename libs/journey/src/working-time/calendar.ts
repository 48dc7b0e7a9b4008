export const weekdays = ['monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday', 'sunday'] as const;
type Weekday = (typeof weekdays)[number];

/** From and to, on the clock on the wall: `["09:00", "17:00"]`. `24:00` is the end of the day. */
export type Span = readonly [from: string, to: string];

/** The spans of each weekday, in order; a weekday left out is free. Who works past midnight has a span up to `24:00` and one from `00:00` on the next day. */
export type WorkingWeek = Readonly<Partial<Record<Weekday, readonly Span[]>>>;

/** When somebody works. */
export interface WorkingCalendar {
  readonly timeZone: string;
  readonly week: WorkingWeek;
  /** Days on which nobody works, YYYY-MM-DD. */
  readonly holidays: readonly string[];
}

/** Monday to Friday, nine to five, no holidays: what counts until somebody says otherwise. */
export const usualWeek: WorkingWeek = Object.fromEntries(weekdays.slice(0, 5).map((day) => [day, [['09:00', '17:00']]]));

const CLOCK = /^(([01]\d|2[0-3]):[0-5]\d|24:00)$/;

/** What is wrong with a week, each with the way to it; nothing when all is well. */
export function weekFlaws(week: WorkingWeek): { path: string[]; message: string }[] {
  const flaws = weekdays.flatMap((day) => (week[day] ?? []).flatMap(([from, to], index, spans) => {
    const path = ['week', day, String(index)];
    const wrong = [from, to].findIndex((time) => !CLOCK.test(time));
    if (wrong >= 0) return [{ path: [...path, String(wrong)], message: `"${[from, to][wrong]}" is not a time of the day, from 00:00 to 24:00` }];
    if (minutesOf(from) >= minutesOf(to)) return [{ path: [...path, '1'], message: `a span must end after it begins; past midnight it is two: up to 24:00, and from 00:00 on the next day` }];
    const before = spans[index - 1];
    return before && minutesOf(before[1]) > minutesOf(from) ? [{ path: [...path, '0'], message: `the spans of a day follow one another: this one begins before ${before[1]}, when the one before it ends` }] : [];
  }));
  if (flaws.length === 0 && !weekdays.some((day) => week[day]?.length)) return [{ path: ['week'], message: 'at least one weekday needs a span: no clock would ever run out' }];
  return flaws;
}

export const minutesOf = (time: string): number => Number(time.slice(0, 2)) * 60 + Number(time.slice(3));

import { waitsOf } from '#insight';
import { type CalendarAt, type ClockName, clockNames, type Recovery } from '#journey';
import { clockOf } from './recovery-answer.js';
import { startOf } from './recovery-table.js';

/** How long one step took. */
export interface StepFigures {
  readonly clock: ClockName;
  readonly done: number;
  /** Its time is over, and it is not done. */
  readonly missed: number;
  /** The share done in time of those done or missed, in percent; null without any. */
  readonly inTime: number | null;
  /** Medians in minutes, worked and passed on the clock: when half are done, open ones counted as far as they have waited; null where so many are not. */
  readonly worked: number | null;
  readonly passed: number | null;
}

/** What the row of a recovery says of its clocks, and the whole of it while it is open. */
export type StepsRow = Readonly<Record<`${ClockName}_worked` | `${ClockName}_passed`, number | null> & Record<`${ClockName}_in_time`, boolean | null>> & { readonly open: Recovery | null };

export const STEP_COLUMNS = `${clockNames.map((clock) => `${clock}_worked, ${clock}_passed, ${clock}_in_time`).join(', ')}, case when state = 'open' then recovery end as open`;

const MINUTE = 60_000;

export const stepsOf = (rows: readonly StepsRow[], now: string, calendarAt: CalendarAt): StepFigures[] => clockNames.map((clock) => {
  const done = rows.filter((row) => row[`${clock}_in_time`] !== null);
  const waiting = rows.flatMap((row) => (row[`${clock}_in_time`] === null && row.open ? [{ passed: passedOf(row.open, clock, now), ...clockOf(row.open, clock, now, calendarAt) }] : []));
  const missed = waiting.filter(({ state }) => state === 'overdue').length;
  const due = done.length + missed;
  const median = (of: 'worked' | 'passed', soFar: readonly number[]) => waitsOf([...done.map((row) => ({ minutes: row[`${clock}_${of}`]!, over: true })), ...soFar.map((minutes) => ({ minutes, over: false }))]).median;
  return {
    clock, done: done.length, missed, inTime: due === 0 ? null : Math.round((1_000 * done.filter((row) => row[`${clock}_in_time`]).length) / due) / 10,
    worked: median('worked', waiting.map(({ used }) => used)), passed: median('passed', waiting.map(({ passed }) => passed)),
  };
});

const passedOf = (recovery: Recovery, clock: ClockName, now: string): number => Math.max(0, Math.round((Date.parse(now) - Date.parse(startOf(recovery, clock))) / MINUTE));

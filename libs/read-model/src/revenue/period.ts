import type { Sql } from '#event-store';
import { addMonths, dateOfDay, dayOfDate, type RevenuePeriod } from '#insight';
import { knownOf } from '../health/known.js';
import { dayParameter, momentOf } from '../health/moments.js';
import { QueryRefused } from '../reading.js';
import { type Calendar, calendarOf, startOfDay } from '../tenant.js';

/** Which time is looked at, as it is asked for. */
export interface PeriodOptions {
  readonly tenant: string;
  /** Days on the tenant's calendar, both included. */
  readonly from?: string;
  readonly to?: string;
  /** Instead of them a year, quarter or month: 2026, 2026-Q3, 2026-08. Left out with them: the quarter that runs. */
  readonly period?: string;
  /** What had happened by then counts: an instant, or the end of a day. */
  readonly asOf?: string;
  /** What was known by then counts. */
  readonly knownAt?: string;
}

export interface AskedPeriod extends RevenuePeriod {
  readonly calendar: Calendar;
  readonly from: string;
  readonly to: string;
  readonly knownAt: string | null;
}

const LONGEST_DAYS = 3_660;
export const PERIOD = /^(\d{4})(?:-(?:Q([1-4])|(0[1-9]|1[0-2])))?$/;

/** `until`: by the database's clock, the moment of which all is known, where one was asked for. @throws QueryRefused naming the parameter */
export async function periodOf(sql: Sql, { tenant, from, to, period, asOf, knownAt }: PeriodOptions, now: Date, until: string | null): Promise<AskedPeriod> {
  const calendar = await calendarOf(sql, tenant, now);
  if (period !== undefined && (from !== undefined || to !== undefined)) throw new QueryRefused('invalid-parameter', 'Say either period, or from and to.', 'period');
  const [first, last] = period === undefined && from === undefined && to === undefined ? spanOf(quarterOf(calendar.today.date)) : period === undefined ? daysOf({ from, to }, calendar) : spanOf(period);
  if (first > last) throw new QueryRefused('invalid-parameter', `from must not be after to, ${dateOfDay(last)}.`, 'from');
  if (last - first >= LONGEST_DAYS) throw new QueryRefused('invalid-parameter', `from must be at most ${LONGEST_DAYS} days before to.`, 'from');
  if (first > calendar.today.day) throw new QueryRefused('invalid-parameter', `The period must not begin after today, ${calendar.today.date}.`, period === undefined ? 'from' : 'period');
  return {
    calendar, from: dateOfDay(first), to: dateOfDay(last), begins: startOfDay(first, calendar.dayOf), ends: startOfDay(last + 1, calendar.dayOf),
    until: momentOf(asOf, 'asOf', calendar), knownAt: until === null ? null : knownOf(knownAt, calendar, until),
  };
}

/** @throws QueryRefused for what is no period */
function spanOf(period: string): [number, number] {
  const [, year, quarter, month] = PERIOD.exec(period) ?? [];
  if (year === undefined) throw new QueryRefused('invalid-parameter', 'period must be a year, a quarter or a month, such as 2026, 2026-Q3 or 2026-08.', 'period');
  const [begin, months] = quarter ? [3 * (Number(quarter) - 1), 3] : month ? [Number(month) - 1, 1] : [0, 12];
  const first = dayOfDate(`${year}-${String(begin + 1).padStart(2, '0')}-01`);
  return [first, addMonths(first, months) - 1];
}

function daysOf({ from, to }: Pick<PeriodOptions, 'from' | 'to'>, { today }: Calendar): [number, number] {
  const last = to === undefined ? today.day : dayParameter(to, 'to');
  return [from === undefined ? spanOf(quarterOf(dateOfDay(last)))[0] : dayParameter(from, 'from'), last];
}

const quarterOf = (date: string): string => `${date.slice(0, 4)}-Q${Math.ceil(Number(date.slice(5, 7)) / 3)}`;

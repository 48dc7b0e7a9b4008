import type { Sql } from '#event-store';
import { dateOfDay } from '#insight';
import { dayParameter, momentOf, notLater } from '../health/moments.js';
import { QueryRefused } from '../reading.js';
import { type Calendar, calendarOf, startOfDay } from '../tenant.js';

/** Which time is looked at, as it is asked for. */
export interface WindowOptions {
  readonly tenant: string;
  /** Days on the tenant's calendar, both included. Left out: the last 90, up to today. */
  readonly from?: string;
  readonly to?: string;
  /** What had happened by then counts: an instant, or the end of a day. Left out: now. */
  readonly asOf?: string;
}

export interface ExperienceWindow {
  readonly calendar: Calendar;
  readonly from: string;
  readonly to: string;
  /** The first moment that belongs to it, and the first that no longer does (RFC 3339). */
  readonly begins: string;
  readonly ends: string;
  /** What had happened by then counts, and what is open has lasted until then; `past`: it was asked for. */
  readonly until: string;
  readonly past: boolean;
}

const LONGEST_DAYS = 3_660;

/** @throws QueryRefused naming the parameter */
export async function windowOf(sql: Sql, { tenant, from, to, asOf }: WindowOptions, now: Date, days = 90): Promise<ExperienceWindow> {
  const calendar = await calendarOf(sql, tenant, now);
  const until = momentOf(asOf, 'asOf', calendar);
  const last = to === undefined ? calendar.dayOf(until) : notLater(dayParameter(to, 'to'), 'to', calendar);
  const first = from === undefined ? last - days + 1 : dayParameter(from, 'from');
  if (first > last) throw new QueryRefused('invalid-parameter', `from must not be after to, ${dateOfDay(last)}.`, 'from');
  if (last - first >= LONGEST_DAYS) throw new QueryRefused('invalid-parameter', `from must be at most ${LONGEST_DAYS} days before to.`, 'from');
  return { calendar, from: dateOfDay(first), to: dateOfDay(last), begins: startOfDay(first, calendar.dayOf), ends: startOfDay(last + 1, calendar.dayOf), until, past: asOf !== undefined };
}

export const isIn = ({ begins, ends }: Pick<ExperienceWindow, 'begins' | 'ends'>, at: string): boolean => at >= begins && at < ends;

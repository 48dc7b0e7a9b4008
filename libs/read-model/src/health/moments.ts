import { dateOfDay, dayOfDate } from '#insight';
import { QueryRefused } from '../reading.js';
import { type Calendar, endOfDay } from '../tenant.js';

/** @throws QueryRefused naming the parameter, for text that is no date */
export function dayParameter(text: string, name: string): number {
  if (!isDate(text)) throw new QueryRefused('invalid-parameter', `${name} must be a date like 2026-11-02.`, name);
  return dayOfDate(text);
}

/** An instant, or the end of a day; now where nothing is said. @throws QueryRefused naming the parameter */
export function instantOf(text: string | undefined, name: string, calendar: Calendar): string {
  if (text === undefined) return calendar.now;
  if (/^\d{4}-\d\d-\d\d$/.test(text)) return endOfDay(dayParameter(text, name), calendar.dayOf);
  const at = /^\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d(\.\d+)?)?(Z|[+-]\d\d:\d\d)$/.test(text) ? Date.parse(text) : NaN;
  if (Number.isNaN(at) || !isDate(text.slice(0, 10))) throw new QueryRefused('invalid-parameter', `${name} must be an instant like 2026-11-02T15:00:00Z or a date like 2026-11-02.`, name);
  return new Date(at).toISOString();
}

/** The same, not later than today. @throws QueryRefused naming the parameter */
export function momentOf(text: string | undefined, name: string, calendar: Calendar): string {
  const instant = instantOf(text, name, calendar);
  notLater(calendar.dayOf(instant), name, calendar);
  return instant;
}

/** The same, not later than today by the clock or the pinned day: of a day that is pinned what came to be known later may be asked. @throws QueryRefused naming the parameter */
export function knownMomentOf(text: string | undefined, name: string, calendar: Calendar, now: Date): string {
  const instant = instantOf(text, name, calendar);
  const last = Math.max(calendar.today.day, calendar.dayOf(now.toISOString()));
  if (calendar.dayOf(instant) > last) throw new QueryRefused('invalid-parameter', `${name} must not be after today, ${dateOfDay(last)}: nobody knows yet what will be known then.`, name);
  return instant;
}

/** @throws QueryRefused naming the parameter, for a day after the tenant's today */
export function notLater(day: number, name: string, { today }: Calendar): number {
  if (day > today.day) throw new QueryRefused('invalid-parameter', `${name} must not be after today, ${today.date}.`, name);
  return day;
}

function isDate(text: string): boolean {
  try {
    return dayOfDate(text) !== null;
  } catch {
    return false;
  }
}

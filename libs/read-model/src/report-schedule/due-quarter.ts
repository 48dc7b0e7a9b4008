import { createHash } from 'node:crypto';
import { type Quarter, quarterAfter, quarterOfDay } from '#insight';
import type { ReportSchedule } from './schedule.js';

/** The process that publishes reports by itself, and the source of the facts that say so. */
export const REPORT_SCHEDULE = 'report-schedule';
export const SCHEDULE_SOURCE = `touchline:${REPORT_SCHEDULE}`;

/** The id of the fact that publishes the report of a quarter: the same in every process, so that there is one. A segment may be any text, an id may not. */
export const scheduledId = (period: string, segment: string | null): string => (segment === null ? period : `${period}:${createHash('sha256').update(segment).digest('hex').slice(0, 32)}`);

/** The last quarter that is over, and on which day its report is published. */
export function dueQuarter(today: number, { daysAfter }: ReportSchedule): { readonly quarter: Quarter; readonly day: number } {
  const quarter = quarterAfter(quarterOfDay(today), -1);
  return { quarter, day: quarter.to + daysAfter };
}

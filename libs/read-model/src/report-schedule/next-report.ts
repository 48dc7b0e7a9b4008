import type { Sql } from '#event-store';
import { dateOfDay, quarterOfDay } from '#insight';
import { calendarOf, startOfDay } from '../tenant.js';
import { dueQuarter, SCHEDULE_SOURCE, scheduledId } from './due-quarter.js';
import { reportReaders, reportSchedule } from './schedule.js';

/** When a report is published by itself next, of which quarter, and to whom it is mailed; nulls where none is. */
export interface NextReport { readonly next: string | null; readonly period: string | null; readonly readers: readonly string[]; readonly say: string }

/** Publishing begins with the close of the day before, so what is overdue as it is switched on comes tomorrow. */
export async function nextReport(sql: Sql, tenant: string, now: Date): Promise<NextReport> {
  const schedule = await reportSchedule(sql, tenant);
  const readers = (await reportReaders(sql, tenant, schedule)).map(({ id }) => id);
  if (!schedule.on) return { next: null, period: null, readers, say: 'No report is published by itself: it is switched off.' };
  const { today, dayOf, timeZone } = await calendarOf(sql, tenant, now);
  const last = dueQuarter(today.day, schedule);
  const missing = await isMissing(sql, tenant, [null, ...schedule.segments].map((segment) => scheduledId(last.quarter.name, segment)));
  const current = quarterOfDay(today.day);
  const { quarter, day } = missing ? last : { quarter: current, day: current.to + schedule.daysAfter };
  const date = Math.max(day, today.day + 1);
  const whom = readers.length === 0 ? 'mailed to nobody: none of the staff is named, or has the role executive; an administrator adds one with PUT /v1/staff/{id}, roles ["executive"]' : `mailed to ${readers.join(', ')}, once a mail server is set up`;
  return {
    next: startOfDay(date, dayOf), period: quarter.name, readers,
    say: `The report of ${quarter.name} is published as ${dateOfDay(date)} begins (${timeZone})${today.pinned ? ', which waits until the day is set further by hand' : ''}, and ${whom}.`,
  };
}

async function isMissing(sql: Sql, tenant: string, ids: readonly string[]): Promise<boolean> {
  const rows = await sql.query(`select from log where tenant = $1 and category = 'company' and type = 'company.report-published' and source = $2 and id = any($3)`, [tenant, SCHEDULE_SOURCE, ids]);
  return rows.length < ids.length;
}

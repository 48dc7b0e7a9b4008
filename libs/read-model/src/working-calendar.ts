import type { Sql } from '#event-store';
import { usualWeek, type WorkingCalendar } from '#journey';
import type { Calendar } from './tenant.js';

/** When a tenant works: Monday to Friday, nine to five, on the tenant's clock. */
export async function workingCalendarOf(_sql: Sql, _tenant: string, { timeZone }: Pick<Calendar, 'timeZone'>): Promise<WorkingCalendar> {
  return { timeZone, week: usualWeek, holidays: [] };
}

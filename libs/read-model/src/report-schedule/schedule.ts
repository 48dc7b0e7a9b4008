import type { Sql } from '#event-store';
import { listStaff, type StaffMember } from '../staff/staff.js';

/** When the report of a quarter is published by itself, and who is mailed it. */
export interface ReportSchedule {
  readonly on: boolean;
  /** So many days after the last of the quarter, so that what is told late is in. */
  readonly daysAfter: number;
  /** Each has a report of its own, beside that of all customers. */
  readonly segments: readonly string[];
  /** Codes of people of the staff; null: everybody whose roles name `executive`. */
  readonly to: readonly string[] | null;
}

const USUAL: ReportSchedule = { on: false, daysAfter: 5, segments: [], to: null };
const EXECUTIVE = 'executive';

export async function reportSchedule(sql: Sql, tenant: string): Promise<ReportSchedule> {
  const [row] = await sql.query<ReportSchedule>('select is_on as "on", days_after as "daysAfter", segments, mail_to as "to" from report_schedule where tenant = $1', [tenant]);
  return row ?? USUAL;
}

export async function setReportSchedule(sql: Sql, tenant: string, { on, daysAfter, segments, to, by }: ReportSchedule & { readonly by: string }): Promise<void> {
  await sql.query(
    `insert into report_schedule (tenant, is_on, days_after, segments, mail_to, changed_by) values ($1, $2, $3, $4, $5, $6)
     on conflict (tenant) do update set is_on = excluded.is_on, days_after = excluded.days_after, segments = excluded.segments, mail_to = excluded.mail_to, changed_by = excluded.changed_by, changed_at = clock_timestamp()`,
    [tenant, on, daysAfter, segments, to, by]);
}

/** Who of the staff is mailed the report, as they are kept now. */
export async function reportReaders(sql: Sql, tenant: string, { to }: ReportSchedule): Promise<StaffMember[]> {
  return (await listStaff(sql, tenant)).filter(({ id, roles }) => (to === null ? roles.includes(EXECUTIVE) : to.includes(id)));
}

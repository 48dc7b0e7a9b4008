import { Query } from '@nestjs/cqrs';
import { readStreamRows, type Sql } from '#event-store';
import { type Actor, calendarAfter, type CalendarAt, calendarsOf, policyAfter, RECOVERY_POLICY, type RecoveryPolicy, WORKING_HOURS, type WorkingCalendar } from '#journey';
import { read, type ReadModelOptions } from '../reading.js';

/** What was decided last, by whom and why; null while the usual settings count, which nobody has decided. */
export interface Decided { readonly at: string; readonly by: Actor; readonly reason: string }

export interface RecoverySettings {
  readonly policy: RecoveryPolicy;
  readonly policyDecided: Decided | null;
  /** When the tenant works now, and when it did at a moment. */
  readonly calendar: WorkingCalendar;
  readonly calendarAt: CalendarAt;
  readonly hoursDecided: Decided | null;
  /** Of the latest decision about each; -1 before the first. */
  readonly revisions: { readonly policy: number; readonly hours: number };
  readonly timeZone: string;
}

export class GetRecoverySettings extends Query<RecoverySettings> {
  constructor(readonly options: { readonly tenant: string }) {
    super();
  }
}

export const getRecoverySettings = ({ reader }: Pick<ReadModelOptions, 'reader'>, { tenant }: GetRecoverySettings['options']): Promise<RecoverySettings> =>
  read(reader, tenant, (sql) => recoverySettings(sql, tenant));

/** How a tenant wants recoveries to be dealt with, and when it works, as the log has it now. */
export async function recoverySettings(sql: Sql, tenant: string): Promise<RecoverySettings> {
  const [policy, hours] = [await readStreamRows(sql, { tenant, ...RECOVERY_POLICY }), await readStreamRows(sql, { tenant, ...WORKING_HOURS })];
  const [row] = await sql.query<{ time_zone: string }>('select time_zone from tenant where id = $1', [tenant]);
  const timeZone = row?.time_zone ?? 'UTC';
  const decided = (facts: typeof policy): Decided | null => {
    const last = facts.at(-1);
    return last ? { at: last.observedAt, by: last.actor, reason: String(last.data['reason']) } : null;
  };
  return {
    policy: policyAfter(policy), policyDecided: decided(policy), calendar: calendarAfter(hours, timeZone), calendarAt: calendarsOf(hours, timeZone), hoursDecided: decided(hours),
    revisions: { policy: policy.at(-1)?.revision ?? -1, hours: hours.at(-1)?.revision ?? -1 }, timeZone,
  };
}

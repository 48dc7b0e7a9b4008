import type { Sql } from '#event-store';

/** Takes on the mail of a published report to somebody. @returns false where it went out before, or may have: nobody gets it twice */
export async function claimReportMail(sql: Sql, tenant: string, report: string, person: string): Promise<boolean> {
  return (await sql.query(`insert into report_mail_sent (tenant, report, person, state) values ($1, $2, $3, 'sending') on conflict do nothing returning person`, [tenant, report, person])).length > 0;
}

/** What became of it. */
export async function noteReportMail(sql: Sql, tenant: string, report: string, person: string, { state, why }: { readonly state: 'sent' | 'refused' | 'uncertain'; readonly why: string | null }): Promise<void> {
  await sql.query('update report_mail_sent set state = $4, why = $5, at = clock_timestamp() where tenant = $1 and report = $2 and person = $3', [tenant, report, person, state, why]);
}

/** It certainly did not go out, and is to be tried again. */
export async function releaseReportMail(sql: Sql, tenant: string, report: string, person: string): Promise<void> {
  await sql.query(`delete from report_mail_sent where tenant = $1 and report = $2 and person = $3 and state = 'sending'`, [tenant, report, person]);
}

import type { Sql } from '#event-store';

/** Takes on the mail to somebody for a day. @returns false where it went out before, or may have: nobody gets it twice */
export async function claimMail(sql: Sql, tenant: string, owner: string, day: string): Promise<boolean> {
  return (await sql.query(`insert into morning_mail_sent (tenant, owner, day, state) values ($1, $2, $3, 'sending') on conflict do nothing returning owner`, [tenant, owner, day])).length > 0;
}

/** To whom the mail of a day went, or may have gone. */
export async function mailedOn(sql: Sql, tenant: string, day: string): Promise<ReadonlySet<string>> {
  return new Set((await sql.query<{ owner: string }>('select owner from morning_mail_sent where tenant = $1 and day = $2', [tenant, day])).map(({ owner }) => owner));
}

/** What became of it. */
export async function noteMail(sql: Sql, tenant: string, owner: string, day: string, { state, why }: { readonly state: 'sent' | 'refused' | 'uncertain'; readonly why: string | null }): Promise<void> {
  await sql.query('update morning_mail_sent set state = $4, why = $5, at = clock_timestamp() where tenant = $1 and owner = $2 and day = $3', [tenant, owner, day, state, why]);
}

/** It certainly did not go out, and is to be tried again. */
export async function releaseMail(sql: Sql, tenant: string, owner: string, day: string): Promise<void> {
  await sql.query(`delete from morning_mail_sent where tenant = $1 and owner = $2 and day = $3 and state = 'sending'`, [tenant, owner, day]);
}

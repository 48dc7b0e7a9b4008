import type { Sql } from '#event-store';

/** Somebody who works for a tenant: the code under which facts know them, where they are written to, and what they do. */
export interface StaffMember {
  readonly id: string;
  readonly email: string;
  readonly roles: readonly string[];
}

export function listStaff(sql: Sql, tenant: string): Promise<StaffMember[]> {
  return sql.query<StaffMember>('select id, email, roles from staff where tenant = $1 order by id', [tenant]);
}

export async function setStaff(sql: Sql, tenant: string, { id, email, roles, by }: StaffMember & { readonly by: string }): Promise<void> {
  await sql.query(
    `insert into staff (tenant, id, email, roles, changed_by) values ($1, $2, $3, $4, $5)
     on conflict (tenant, id) do update set email = excluded.email, roles = excluded.roles, changed_by = excluded.changed_by, changed_at = clock_timestamp()`, [tenant, id, email, roles, by]);
}

/** @returns false where nobody was known by the id */
export async function removeStaff(sql: Sql, tenant: string, id: string): Promise<boolean> {
  return (await sql.query('delete from staff where tenant = $1 and id = $2 returning id', [tenant, id])).length > 0;
}

/** When the mail of the morning goes out, on the clock on the tenant's wall, and whether it does. */
export interface MorningMail { readonly at: string; readonly on: boolean }

/** The reaction that sends it. */
export const MORNING_MAIL = 'morning-mail';

const USUAL: MorningMail = { at: '07:30', on: true };

export async function morningMail(sql: Sql, tenant: string): Promise<MorningMail> {
  const [row] = await sql.query<MorningMail>('select send_at as at, is_on as "on" from morning_mail where tenant = $1', [tenant]);
  return row ?? USUAL;
}

export async function setMorningMail(sql: Sql, tenant: string, { at, on }: MorningMail): Promise<void> {
  await sql.query('insert into morning_mail (tenant, send_at, is_on) values ($1, $2, $3) on conflict (tenant) do update set send_at = excluded.send_at, is_on = excluded.is_on', [tenant, at, on]);
}

import type { Sql } from '../postgres/database.js';

/** What stands on a tenant's agenda for one reaction. */
export interface Pending {
  readonly subject: string;
  readonly customer: string;
  readonly at: string;
  readonly attempts: number;
  /** Why the last attempt failed. */
  readonly failure: string | null;
}

/** The next entries of a reaction, those due first first. */
export async function pendingOf(sql: Sql, tenant: string, reaction: string, most = 1_000): Promise<Pending[]> {
  const rows = await sql.query<Omit<Pending, 'at'> & { at: Date }>('select subject, customer, at, attempts, failure from agenda where tenant = $1 and reaction = $2 order by at, subject limit $3', [tenant, reaction, most]);
  return rows.map(({ at, ...row }) => ({ ...row, at: at.toISOString() }));
}

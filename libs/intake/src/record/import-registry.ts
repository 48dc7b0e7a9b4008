import type { Database } from '#event-store';
import type { Verdict } from '../record-events/verdict.js';

/** Lines of an import by what became of them. */
export type ImportCounts = Readonly<Record<'lines' | 'appended' | 'duplicate' | 'conflict' | 'rejected', number>>;

export function countVerdicts(verdicts: readonly Pick<Verdict, 'status'>[]): ImportCounts {
  const count = (status: Verdict['status']) => verdicts.filter((verdict) => verdict.status === status).length;
  return { lines: verdicts.length, appended: count('appended'), duplicate: count('duplicate'), conflict: count('conflict'), rejected: count('rejected') };
}

/** The tables `import` and `import_customer`: what each import did, and whose events it may have written. */
export class ImportRegistry {
  constructor(private readonly database: Database) {}

  async isRetracted(tenant: string, importId: string): Promise<boolean> {
    const rows = await this.database.transaction((sql) => sql.query(
      'select id from import where tenant = $1 and id = $2 and retracted_at is not null', [tenant, importId]));
    return rows.length > 0;
  }

  /** Notes customers before their events are appended, so that a retraction after a crash still finds them. */
  async enlist(tenant: string, importId: string, customers: Iterable<string>): Promise<void> {
    await this.database.transaction((sql) => sql.query(
      `with opened as (insert into import (tenant, id) values ($1, $2) on conflict (tenant, id) do update set finished_at = null)
       insert into import_customer (tenant, import, customer)
       select $1, $2, customer from unnest($3::text[]) as c (customer) order by customer on conflict do nothing`,
      [tenant, importId, [...new Set(customers)]]));
  }

  /** Adds up what became of a batch. @returns why the import was retracted, if it was in the meantime */
  async count(tenant: string, importId: string, { lines, appended, duplicate, conflict, rejected }: ImportCounts): Promise<string | null> {
    const [row] = await this.database.transaction((sql) => sql.query<{ reason: string | null }>(
      `update import set lines = lines + $3, appended = appended + $4, duplicate = duplicate + $5, conflict = conflict + $6, rejected = rejected + $7
       where tenant = $1 and id = $2 returning retracted_because as reason`, [tenant, importId, lines, appended, duplicate, conflict, rejected]));
    return row?.reason ?? null;
  }

  /** Closes a run. @returns how many customers the import touched, in all its runs */
  async finish(tenant: string, importId: string): Promise<number> {
    const [row] = await this.database.transaction((sql) => sql.query<{ customers: number }>(
      `with closed as (update import set finished_at = now() where tenant = $1 and id = $2)
       select count(*)::int as customers from import_customer where tenant = $1 and import = $2`, [tenant, importId]));
    return row!.customers;
  }

  /** Closes an import for new events, for ever. @returns the reason, which is that of the first time; null when there is no such import */
  async retract(tenant: string, importId: string, reason: string): Promise<string | null> {
    const [row] = await this.database.transaction((sql) => sql.query<{ reason: string }>(
      `update import set retracted_at = coalesce(retracted_at, now()), retracted_because = coalesce(retracted_because, $3)
       where tenant = $1 and id = $2 returning retracted_because as reason`, [tenant, importId, reason]));
    return row?.reason ?? null;
  }

  /** Customers of an import in the order of their ids, a page after `after`. */
  async customersAfter(tenant: string, importId: string, after: string, limit: number): Promise<string[]> {
    const rows = await this.database.transaction((sql) => sql.query<{ customer: string }>(
      'select customer from import_customer where tenant = $1 and import = $2 and customer > $3 order by customer limit $4', [tenant, importId, after, limit]));
    return rows.map(({ customer }) => customer);
  }

  /** Which of these (import, customer) pairs exist, as `import customer`. */
  async links(tenant: string, pairs: readonly { importId: string; customer: string }[]): Promise<Set<string>> {
    if (pairs.length === 0) return new Set();
    const rows = await this.database.transaction((sql) => sql.query<{ import: string; customer: string }>(
      `select distinct l.import, l.customer from unnest($2::text[], $3::text[]) as w (import, customer)
       join import_customer l on l.tenant = $1 and l.import = w.import and l.customer = w.customer`,
      [tenant, pairs.map(({ importId }) => importId), pairs.map(({ customer }) => customer)]));
    return new Set(rows.map((row) => linkKey(row.import, row.customer)));
  }
}

export const linkKey = (importId: string, customer: string) => `${importId} ${customer}`;

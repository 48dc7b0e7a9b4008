import { LRUCache } from 'lru-cache';
import type { Database } from '#event-store';
import type { Verdict } from '../record-events/verdict.js';
import { importLock, type Locks } from './locks.js';

/**
 * Lets a statement return before it is on disk. Safe for what goes before or after an append of its own accord: the log is written in order, so an append that is
 * on disk has all before it there too, and a batch whose end is lost counts as broken.
 */
const NOT_AWAITED = `select set_config('synchronous_commit', 'off', true)`;

/** Lines of an import by what became of them. */
export type ImportCounts = Readonly<Record<'lines' | 'appended' | 'duplicate' | 'conflict' | 'rejected', number>>;

export function countVerdicts(verdicts: readonly Pick<Verdict, 'status'>[]): ImportCounts {
  const count = (status: Verdict['status']) => verdicts.filter((verdict) => verdict.status === status).length;
  return { lines: verdicts.length, appended: count('appended'), duplicate: count('duplicate'), conflict: count('conflict'), rejected: count('rejected') };
}

const IMPORTS = 20;
/** Of one import; who is noted beyond them is noted again, which changes nothing. */
const MOST_KNOWN = 100_000;

export interface Retraction {
  readonly reason: string;
  readonly at: Date;
}

/** The tables `import` and `import_customer`: what each import did, and whose events it may have written. */
export class ImportRegistry {
  /** Customers that are noted already, by tenant and import: they stay so. */
  private readonly noted = new LRUCache<string, Set<string>>({ max: IMPORTS });

  constructor(private readonly database: Database, private readonly locks: Locks) {}

  /** When and why an import was taken back; null while it stands. */
  async retraction(tenant: string, importId: string): Promise<Retraction | null> {
    const [row] = await this.database.statements((sql) => sql.query<{ reason: string; at: Date }>(
      'select retracted_because as reason, retracted_at as at from import where tenant = $1 and id = $2 and retracted_at is not null', [tenant, importId]));
    return row ?? null;
  }

  /** Begins a batch: notes customers before their events are appended, so that a retraction after a crash still finds them. @throws when the import was retracted */
  async enlist(tenant: string, importId: string, customers: Iterable<string>): Promise<void> {
    const known = this.noted.get(`${tenant}/${importId}`) ?? new Set();
    const fresh = [...new Set(customers)].filter((customer) => !known.has(customer));
    const begun = await this.database.statements((sql) => sql.query(
      `with quick as (${NOT_AWAITED}), opened as (
         insert into import as i (tenant, id, begun) values ($1, $2, 1)
         on conflict (tenant, id) do update set finished_at = null, begun = i.begun + 1 where i.retracted_at is null returning id),
       noted as (
         insert into import_customer (tenant, import, customer)
         select $1, opened.id, customer from opened, unnest($3::text[]) as c (customer) order by customer on conflict do nothing)
       select id from opened, quick`,
      [tenant, importId, fresh]));
    if (begun.length === 0) throw new Error(`The import ${importId} was retracted under a batch of it.`);
    for (const customer of fresh.slice(0, MOST_KNOWN - known.size)) known.add(customer);
    this.noted.set(`${tenant}/${importId}`, known);
  }

  /** Closes a batch and adds up what became of it. */
  async count(tenant: string, importId: string, { lines, appended, duplicate, conflict, rejected }: ImportCounts): Promise<void> {
    await this.database.statements((sql) => sql.query(
      `with quick as (${NOT_AWAITED})
       update import set closed = closed + 1, lines = lines + $3, appended = appended + $4, duplicate = duplicate + $5, conflict = conflict + $6, rejected = rejected + $7
       from quick where tenant = $1 and id = $2`, [tenant, importId, lines, appended, duplicate, conflict, rejected]));
  }

  /** Closes a run. @returns how many customers the import touched, in all its runs */
  async finish(tenant: string, importId: string): Promise<number> {
    const [row] = await this.database.statements((sql) => sql.query<{ customers: number }>(
      `with closed as (update import set finished_at = now() where tenant = $1 and id = $2)
       select count(*)::int as customers from import_customer where tenant = $1 and import = $2`, [tenant, importId]));
    return row!.customers;
  }

  /**
   * Closes an import for new events, for ever, once the batches on their way have ended. @returns the reason, which is that of the
   * first time, whether it was closed before, and whether a batch died: its facts may still be arriving. Null when there is no such import.
   */
  async retract(tenant: string, importId: string, reason: string): Promise<{ reason: string; already: boolean; broken: boolean } | null> {
    const [row] = await this.locks.hold([importLock(tenant, importId, false)], (sql) => sql.query<{ reason: string; already: boolean; broken: boolean }>(
      `update import set retracted_at = coalesce(retracted_at, now()), retracted_because = coalesce(retracted_because, $3)
       from (select retracted_at is not null as already from import where tenant = $1 and id = $2) as before
       where tenant = $1 and id = $2 returning retracted_because as reason, already, begun <> closed as broken`, [tenant, importId, reason]));
    return row ?? null;
  }

  /** Customers of an import in the order of their ids, a page after `after`. */
  async customersAfter(tenant: string, importId: string, after: string, limit: number): Promise<string[]> {
    const rows = await this.database.statements((sql) => sql.query<{ customer: string }>(
      'select customer from import_customer where tenant = $1 and import = $2 and customer > $3 order by customer limit $4', [tenant, importId, after, limit]));
    return rows.map(({ customer }) => customer);
  }

  /** Which of these (import, customer) pairs exist, as `import customer`. */
  async links(tenant: string, pairs: readonly { importId: string; customer: string }[]): Promise<Set<string>> {
    if (pairs.length === 0) return new Set();
    const rows = await this.database.statements((sql) => sql.query<{ import: string; customer: string }>(
      `select distinct l.import, l.customer from unnest($2::text[], $3::text[]) as w (import, customer)
       join import_customer l on l.tenant = $1 and l.import = w.import and l.customer = w.customer`,
      [tenant, pairs.map(({ importId }) => importId), pairs.map(({ customer }) => customer)]));
    return new Set(rows.map((row) => linkKey(row.import, row.customer)));
  }
}

export const linkKey = (importId: string, customer: string) => `${importId} ${customer}`;

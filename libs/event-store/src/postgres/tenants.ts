import type { Database } from './database.js';

export interface Tenant {
  readonly id: string;
  /** IANA name; the tenant's days begin and end by it. */
  readonly timeZone: string;
  /** A today set by hand, `YYYY-MM-DD`; null when the tenant follows the clock. */
  readonly pinnedDay: string | null;
}

/** Makes a tenant unless it is there. @throws RangeError for an unknown time zone */
export async function ensureTenant(worker: Database, id: string, timeZone: string): Promise<void> {
  new Intl.DateTimeFormat('en', { timeZone });
  await worker.transaction((sql) => sql.query('insert into tenant (id, time_zone) values ($1, $2) on conflict (id) do nothing', [id, timeZone]));
}

const TENANT = `id, time_zone as "timeZone", to_char(pinned_day, 'YYYY-MM-DD') as "pinnedDay"`;

export function listTenants(worker: Database): Promise<Tenant[]> {
  return worker.statements((sql) => sql.query<Tenant>(`select ${TENANT} from tenant order by id`));
}

export async function findTenant(worker: Database, id: string): Promise<Tenant | undefined> {
  const [tenant] = await worker.statements((sql) => sql.query<Tenant>(`select ${TENANT} from tenant where id = $1`, [id], 'find_tenant'));
  return tenant;
}

/** A tenant and the newest event of one of its streams; null where the stream is empty. */
export interface TenantWithNewest extends Tenant {
  readonly newest: { readonly revision: number; readonly data: Record<string, unknown> } | null;
}

/** All tenants with the newest event of their stream of this name, in one statement. */
export function listTenantsWithNewest(worker: Database, { category, id }: { category: string; id: string }): Promise<TenantWithNewest[]> {
  return worker.statements((sql) => sql.query<TenantWithNewest>(
    `select tenant.id, time_zone as "timeZone", to_char(pinned_day, 'YYYY-MM-DD') as "pinnedDay", newest.event as newest from tenant
       left join lateral (select jsonb_build_object('revision', revision, 'data', data) as event from log
         where log.tenant = tenant.id and category = $1 and stream = $2 order by revision desc limit 1) as newest on true order by tenant.id`, [category, id]));
}

/** Tenants that have a stream in a category, in one statement. */
export async function tenantsHaving(worker: Database, category: string): Promise<ReadonlySet<string>> {
  const rows = await worker.statements((sql) => sql.query<{ id: string }>(
    'select id from tenant where exists (select from stream where stream.tenant = tenant.id and category = $1)', [category]));
  return new Set(rows.map(({ id }) => id));
}

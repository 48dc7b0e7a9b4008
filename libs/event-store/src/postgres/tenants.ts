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

export function listTenants(worker: Database): Promise<Tenant[]> {
  return worker.transaction((sql) => sql.query<Tenant>(
    `select id, time_zone as "timeZone", to_char(pinned_day, 'YYYY-MM-DD') as "pinnedDay" from tenant order by id`));
}

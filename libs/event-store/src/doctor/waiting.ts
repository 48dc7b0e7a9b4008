import { type Projection } from '../engine/projection.js';
import { liveGeneration } from '../engine/pointer.js';
import type { Database } from '../postgres/database.js';

/** Customers whose rows wait to be settled, and for how long the first has waited. Who is held waits for something else. */
export interface Waiting {
  readonly customers: number;
  readonly seconds: number;
}

/** By the name of the projection; of its live generation. */
export function waitingIn(worker: Database, projections: readonly Projection[]): Promise<Map<string, Waiting>> {
  return worker.transaction(async (sql) => {
    const found = new Map<string, Waiting>();
    const known = await sql.query<{ name: string }>('select name from projection');
    for (const { name, compared } of projections.filter((projection) => known.some((row) => row.name === projection.name))) {
      const live = await liveGeneration(sql, name);
      const rows = compared.flatMap(({ name: table, unsettled }) => (unsettled ? [`select tenant, customer, ${unsettled} as position from ${table(live)} where ${unsettled} is not null`] : []));
      if (rows.length === 0) continue;
      const [waiting] = await sql.query<{ customers: number; seconds: number }>(
        `select customers, coalesce(extract(epoch from clock_timestamp() - (select recorded_at from log where position = first)), 0)::float8 as seconds
         from (select count(distinct (tenant, customer))::int as customers, min(position) as first from (${rows.join(' union all ')}) as unsettled
               where not exists (select from parked where name = $1 and generation = $2 and parked.tenant = unsettled.tenant and parked.customer = unsettled.customer)) as waiting`, [name, live]);
      found.set(name, waiting!);
    }
    return found;
  });
}

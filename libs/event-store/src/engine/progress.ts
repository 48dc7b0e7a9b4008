import type { Database } from '../postgres/database.js';
import type { Comparison } from './comparison.js';
import { stopText } from './parking.js';

/** How far one generation of a projection has come. `position` is the lowest of its partitions. */
export interface Progress {
  readonly name: string;
  readonly generation: number;
  /** Of the code that fills it. */
  readonly version: string;
  readonly live: boolean;
  /** `live` is read; `building` is on its way to take over; `kept` was live and follows on, so that the switch can be undone. */
  readonly state: 'live' | 'building' | 'kept';
  readonly position: number;
  readonly head: number;
  /** Positions behind the head: an upper bound of the events behind, as numbers of failed appends are never used. */
  readonly behind: number;
  /** Age of the oldest event not yet applied. */
  readonly lagSeconds: number;
  /** Customers that are held back. */
  readonly parked: number;
  /** Set when too many customers were parked for one cause; nothing is applied until it is resumed. `text` says what to do. */
  readonly stopped: { readonly since: string; readonly cause: string; readonly customers: number; readonly text: string } | null;
  /** While it is built from the streams of all customers, before it follows the log: how many are done. */
  readonly built: { readonly customers: number; readonly of: number } | null;
  /** Workers that hold its partitions. */
  readonly workers: number;
  readonly comparison: Comparison | null;
}

interface Row {
  name: string; generation: number; version: string; live: boolean; previous: boolean; position: string; head: string; lag: string | null; parked: string; workers: string;
  stopped_at: Date | null; stopped_cause: string; stopped_customers: number; comparison: Comparison | null; built: string | null; customers: string;
}

/** Builds walk through all customers in the order of their keys, each partition taking its own: of all partitions, the mean of how far they have come. Null where none is built. */
const BUILT = `(
  select case when p.unbuilt then round(sum(parts * case when building is null and not fresh then total.customers when tenant is null then 0
      else (select count(*) from stream where category = 'customer' and (stream.tenant, category, id) <= (built.tenant, 'customer', built.customer)) end) / sum(parts)) end
  from (select built_tenant as tenant, built_customer as customer, building, position = 0 as fresh, count(*) as parts from projection_partition as c
        where p.unbuilt and c.name = p.name and c.generation = p.generation group by 1, 2, 3, 4) as built,
    (select count(*) as customers from stream where p.unbuilt and category = 'customer') as total)`;

/** Progress of every generation of every projection. */
export function progressOf(database: Database): Promise<Progress[]> {
  return database.transaction(async (sql) => {
    const rows = await sql.query<Row>(
      `select name, generation, version, generation = live as live, generation is not distinct from previous as previous, position, log_horizon() as head,
         (select extract(epoch from clock_timestamp() - recorded_at) from log where log.position > p.position order by log.position limit 1) as lag,
         (select count(*) from parked where parked.name = p.name and parked.generation = p.generation) as parked, workers,
         stopped_at, stopped_cause, stopped_customers, comparison, ${BUILT} as built, (select count(*) from stream where category = 'customer' and unbuilt) as customers
       from (select name, generation, min(position) as position, count(distinct owner) as workers, bool_or(position = 0 or building is not null) as unbuilt from projection_partition group by name, generation) as p
         join projection using (name) join projection_generation using (name, generation)
       order by name, generation`);
    return rows.map(({ name, generation, version, live, previous, position, head, lag, parked, workers, stopped_at, stopped_cause, stopped_customers, comparison, built, customers }) => ({
      name, generation, version, live, state: live ? 'live' : previous ? 'kept' : 'building', position: Number(position), head: Number(head),
      behind: Math.max(0, Number(head) - Number(position)), lagSeconds: Math.max(0, Number(lag ?? 0)), parked: Number(parked), workers: Number(workers),
      stopped: stopped_at && { since: stopped_at.toISOString(), cause: stopped_cause, customers: stopped_customers, text: stopText(name, { cause: stopped_cause, customers: stopped_customers }) }, comparison,
      built: built === null || Number(customers) === 0 ? null : { customers: Number(built), of: Number(customers) },
    }));
  });
}

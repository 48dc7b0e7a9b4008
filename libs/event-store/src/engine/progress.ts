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
  /** Workers that hold its partitions. */
  readonly workers: number;
  readonly comparison: Comparison | null;
}

interface Row {
  name: string; generation: number; version: string; live: boolean; previous: boolean; position: string; head: string; lag: string | null; parked: string; workers: string;
  stopped_at: Date | null; stopped_cause: string; stopped_customers: number; comparison: Comparison | null;
}

/** Progress of every generation of every projection. */
export function progressOf(database: Database): Promise<Progress[]> {
  return database.transaction(async (sql) => {
    const rows = await sql.query<Row>(
      `select name, generation, version, generation = live as live, generation is not distinct from previous as previous, position, log_horizon() as head,
         (select extract(epoch from clock_timestamp() - recorded_at) from log where log.position > p.position order by log.position limit 1) as lag,
         (select count(*) from parked where parked.name = p.name and parked.generation = p.generation) as parked, workers,
         stopped_at, stopped_cause, stopped_customers, comparison
       from (select name, generation, min(position) as position, count(distinct owner) as workers from projection_partition group by name, generation) as p
         join projection using (name) join projection_generation using (name, generation)
       order by name, generation`);
    return rows.map(({ name, generation, version, live, previous, position, head, lag, parked, workers, stopped_at, stopped_cause, stopped_customers, comparison }) => ({
      name, generation, version, live, state: live ? 'live' : previous ? 'kept' : 'building', position: Number(position), head: Number(head),
      behind: Math.max(0, Number(head) - Number(position)), lagSeconds: Math.max(0, Number(lag ?? 0)), parked: Number(parked), workers: Number(workers),
      stopped: stopped_at && { since: stopped_at.toISOString(), cause: stopped_cause, customers: stopped_customers, text: stopText(name, { cause: stopped_cause, customers: stopped_customers }) }, comparison,
    }));
  });
}

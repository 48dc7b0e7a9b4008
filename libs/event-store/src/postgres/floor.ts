import type { Database } from './database.js';

/** A session whose open append keeps readers from going on. */
interface FloorHolder {
  readonly pid: number;
  readonly application: string;
  readonly ageSeconds: number;
  /** As `pg_stat_activity` has it, such as `idle in transaction`. */
  readonly state: string;
  /** The beginning of its last statement. */
  readonly query: string;
}

/** Who holds the floor at this moment, oldest first; most of the time nobody, for milliseconds an append. */
export function floorHolders(worker: Database): Promise<FloorHolder[]> {
  return worker.transaction((sql) => sql.query<FloorHolder>('select pid, application, age_seconds as "ageSeconds", state, query from log_floor_holders()'));
}

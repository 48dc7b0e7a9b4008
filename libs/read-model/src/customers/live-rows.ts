import { NoTablesYet, type Sql } from '#event-store';
import type { Band, FactSheet } from '#insight';
import { customerTable } from './table.js';

/** The rows of customers that people read. */
export interface LiveRows {
  readonly generation: number;
  /** Whether they have the columns of this release. */
  readonly summed: boolean;
  /** To be selected from. */
  readonly from: string;
  /** The same, to be given a name (`… as who`). */
  readonly rows: string;
}

export interface LiveRowsFound {
  live: number | null;
  summed: boolean;
}

/** To be selected where `projection` has the customers' pointer. */
export const LIVE_ROWS = `live, exists (select from pg_attribute where attrelid = to_regclass('${customerTable('')}' || live)::oid and attname = 'divergence') as summed`;

/** What stands in the place of a summary in rows that have none: what it is computed from. */
export interface Unsummed {
  readonly sheet: FactSheet;
  readonly day: number;
  readonly closeBand: Band | null;
}

const UNSUMMED = `json_build_object('sheet', sheet, 'day', day, 'closeBand', close_band) as summary`;
const BEFORE = 'tenant, customer, partition, sheet, day, close_day, close_band, stale_from, stale, held, position, claimed, name, segment, owner, parent, status, merged_into, arr, currency, renewal_day, notice_day, score, coverage, band, profile';

/**
 * After a deploy, rows of the release before are read until those of this one have caught up. They know nothing of cards: the place of their summary is
 * taken by what makes it, and until then nobody is sorted by risk or by how far payers and users are apart. @throws NoTablesYet when no worker has made any rows
 */
export function liveRows({ live, summed }: LiveRowsFound = { live: null, summed: false }): LiveRows {
  if (live === null) throw new NoTablesYet('customers');
  const table = customerTable(live);
  const rows = summed ? table : `(select ${BEFORE}, null::integer as risk, null::bigint as arr_at_risk, null::text as cards, null::integer as divergence, ${UNSUMMED} from ${table})`;
  return { generation: live, summed, rows, from: summed ? table : `${rows} as customer_${live}` };
}

export async function findLiveRows(sql: Sql): Promise<LiveRows> {
  const [row] = await sql.query<LiveRowsFound>(`select ${LIVE_ROWS} from projection where name = 'customers'`, [], 'live_customers');
  return liveRows(row);
}

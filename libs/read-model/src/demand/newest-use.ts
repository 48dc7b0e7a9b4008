import { readPositions, readStreamsRows, type Sql } from '#event-store';
import type { JourneyEvent } from '#journey';

export const USES: readonly string[] = ['usage.reported', 'usage.feature-adopted'];

export interface UseOptions {
  readonly until: string;
  /** Null: all that is known. */
  readonly known: string | null;
  readonly upTo: number;
  /** Streams with corrections: theirs are read whole, so that a report that was taken back does not hide the one before. */
  readonly corrected: readonly string[];
}

/** The newest use of each customer: reports of use are most of many a log, and only the last one counts. */
export async function newestUse(sql: Sql, tenant: string, { until, known, upTo, corrected }: UseOptions): Promise<JourneyEvent[]> {
  const rows = await sql.query<{ position: string }>(
    `select distinct on (stream) position from log
     where tenant = $1 and category = 'customer' and type = any($2) and position <= $3 and occurred_at <= $4 and ($5::timestamptz is null or observed_at <= $5) and stream <> all($6)
       and (type = 'usage.feature-adopted' or case when data ->> 'active' is null and data ->> 'volume' is null then json_array_length(coalesce(data -> 'features', '[]')) > 0
         else coalesce((data ->> 'active')::numeric, 0) > 0 or coalesce((data ->> 'volume')::numeric, 0) > 0 end)
     order by stream, occurred_at desc, position desc`, [tenant, USES, upTo, until, known, corrected]);
  const newest = await readPositions(sql, tenant, rows.map(({ position }) => Number(position)));
  return corrected.length === 0 ? newest : [...newest, ...await readStreamsRows(sql, tenant, 'customer', corrected, upTo, USES)];
}

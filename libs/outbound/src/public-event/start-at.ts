import type { Database, EventStore, Sql } from '#event-store';
import { formatPosition, parsePosition, type Position } from '#journey';

/** Where somebody begins to follow the log. `time`: with what was recorded then, RFC 3339. */
export type Start = 'beginning' | 'now' | { readonly position: Position } | { readonly time: string };

/** No appender is longer at work, so of two events the earlier one in the log was recorded no more than this after the later one. */
const APPENDER = `interval '10 seconds'`;

/**
 * The position after which to read; null: from the beginning. By time: no fact that was recorded at or after it lies before the position,
 * as long as the server's clock was not set back; a time to come is now. `worker` sees every row. No connection is held while another is asked for. @throws ForeignEpoch for a position of another life of the log
 */
export async function startAt(store: Pick<EventStore, 'head' | 'checkPosition'>, worker: Pick<Database, 'statements'>, start: Start): Promise<Position | null> {
  if (start === 'beginning') return null;
  if (start === 'now') return store.head();
  if ('position' in start) {
    await store.checkPosition(start.position);
    return start.position;
  }
  // Before the search: what is final by now is there for it to see, and what is not comes after.
  const { epoch, n } = parsePosition(await store.head());
  const before = await worker.statements((sql) => lastBefore(sql, start.time, n));
  return before === 0 ? null : formatPosition(epoch, before);
}

/** Halves the log, one look by the index each time, down to where events may be out of order; reads on from there to the first that is not earlier. */
async function lastBefore(sql: Sql, time: string, end: number): Promise<number> {
  let [low, high] = [0, end];
  while (low < high) {
    const middle = Math.ceil((low + high) / 2);
    const [row] = await sql.query<{ position: string; early: boolean }>(
      `select position, recorded_at < $2::timestamptz - ${APPENDER} as early from log where position >= $1 order by position limit 1`, [middle, time], 'start_middle');
    if (row?.early) low = Math.min(Number(row.position), end);
    else high = middle - 1;
  }
  const [first] = await sql.query<{ position: string }>(
    'select position from log where position > $1 and position <= $3 and recorded_at >= $2::timestamptz order by position limit 1', [low, time, end], 'start_first');
  return first ? Number(first.position) - 1 : end;
}

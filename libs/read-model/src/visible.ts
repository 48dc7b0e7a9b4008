import type { Database } from '#event-store';
import { comparePositions, formatPosition, parsePosition, type Position } from '#journey';
import { customerTable } from './customers/table.js';
import { QueryRefused } from './reading.js';

const POLL_MS = 15;

/**
 * Waits until every live read model shows a tenant's facts up to a position, so that a reader sees what they wrote.
 * @throws QueryRefused `not-yet-visible` after `patienceMs`, `invalid-parameter` for text that is no position
 */
export async function untilVisible(worker: Database, tenant: string, position: Position, patienceMs: number): Promise<void> {
  try {
    parsePosition(position);
  } catch (error) {
    throw new QueryRefused('invalid-parameter', (error as Error).message, 'minPosition');
  }
  for (const until = Date.now() + patienceMs; ; await new Promise((wake) => setTimeout(wake, POLL_MS))) {
    const reached = await visiblePosition(worker, tenant);
    if (reached !== null && comparePositions(reached, position) >= 0) return;
    if (Date.now() > until) throw new QueryRefused('not-yet-visible', `The read models stand at ${reached ?? 'the beginning'} and have not reached ${position} yet. Try again in a moment.`, 'minPosition');
  }
}

/** The position up to which all live read models show a tenant's facts; null while there are none. A row that waits for a refold shows none of what it waits for. */
function visiblePosition(worker: Database, tenant: string): Promise<Position | null> {
  return worker.transaction(async (sql) => {
    const [row] = await sql.query<{ epoch: number; position: string | null; customers: number | null }>(
      `select (select n from epoch) as epoch, min(position) as position, (select live from projection where name = 'customers') as customers
       from projection_partition join projection using (name) where generation = live`);
    const { epoch, position, customers } = row!;
    if (position === null || customers === null) return null;
    const [stale] = await sql.query<{ first: string | null }>(`select min(stale_from) as first from ${customerTable(customers)} where tenant = $1 and stale and not held`, [tenant]);
    return formatPosition(epoch, Math.min(Number(position), stale!.first === null ? Infinity : Number(stale!.first) - 1));
  });
}

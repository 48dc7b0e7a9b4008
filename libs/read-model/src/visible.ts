import type { Database } from '#event-store';
import { comparePositions, parsePosition, type Position } from '#journey';
import { QueryRefused } from './reading.js';

const POLL_MS = 15;

/**
 * Waits until every live read model has applied a position, so that a reader sees what they wrote.
 * @throws QueryRefused `not-yet-visible` after `patienceMs`, `invalid-parameter` for text that is no position
 */
export async function untilVisible(worker: Database, position: Position, patienceMs: number): Promise<void> {
  try {
    parsePosition(position);
  } catch (error) {
    throw new QueryRefused('invalid-parameter', (error as Error).message, 'minPosition');
  }
  for (const until = Date.now() + patienceMs; ; await new Promise((wake) => setTimeout(wake, POLL_MS))) {
    const reached = await visiblePosition(worker);
    if (reached !== null && comparePositions(reached, position) >= 0) return;
    if (Date.now() > until) throw new QueryRefused('not-yet-visible', `The read models stand at ${reached ?? 'the beginning'} and have not reached ${position} yet. Try again in a moment.`, 'minPosition');
  }
}

/** The position that all live read models have applied; null while there are none. */
export async function visiblePosition(worker: Database): Promise<Position | null> {
  const [row] = await worker.transaction((sql) => sql.query<{ position: Position | null }>(
    `select (select n from epoch) || '.' || min(position) as position from projection_partition join projection using (name) where generation = live`));
  return row!.position;
}

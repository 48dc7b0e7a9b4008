import { type Database, readTold } from '#event-store';
import { dateOfDay } from '#insight';
import { QueryRefused } from '../reading.js';
import type { Calendar } from '../tenant.js';
import { instantOf } from './moments.js';

const POLL_MS = 15;
const PATIENCE_MS = 2_000;
/** No append is open for longer: the server ends it. */
const LONGEST_APPEND_MS = 60_000;
/** A clock that is ahead of the database's by no more is waited for. */
const AHEAD_MS = 1_000;

/**
 * Waits until no append that is open can change what was known at a moment; `text` as in `instantOf`, left out: now. To be called before the snapshot is
 * taken that answers. What lies well in the past waits for nobody. @returns the latest moment, by the database's clock, of which the snapshot knows all
 * @throws QueryRefused `not-ready` when an append stays open
 */
export async function knownUntil(reader: Database, text: string | undefined): Promise<string> {
  const wanted = latest(text);
  let asked: { readonly until: string; readonly drawn: number } | undefined;
  for (const patience = Date.now() + PATIENCE_MS; ; await new Promise((wake) => setTimeout(wake, POLL_MS))) {
    const { until, drawn, final } = await reader.statements(readTold);
    const ahead = wanted - Date.parse(until);
    if (ahead < -LONGEST_APPEND_MS) return until;
    if (ahead <= 0 || ahead > AHEAD_MS) asked ??= { until, drawn };
    if (asked && final >= asked.drawn) return asked.until;
    if (Date.now() > patience) throw new QueryRefused('not-ready', 'Facts that were told by then are still being written. Ask again in a moment, or for an earlier moment.');
  }
}

/**
 * The moment whose knowledge counts: nothing is known of the time after `until`, and of a day that is pinned what came to be known later may be asked.
 * @throws QueryRefused naming the parameter, for a day that has not come
 */
export function knownOf(text: string | undefined, calendar: Calendar, until: string): string {
  if (text === undefined && !calendar.today.pinned) return until;
  const known = instantOf(text, 'knownAt', calendar);
  const last = Math.max(calendar.today.day, calendar.dayOf(until));
  if (calendar.dayOf(known) > last) throw new QueryRefused('invalid-parameter', `knownAt must not be after today, ${dateOfDay(last)}: nobody knows yet what will be known then.`, 'knownAt');
  return known < until ? known : until;
}

/** No zone's day ends later. What is no moment is refused where it is read. */
function latest(text: string | undefined): number {
  if (text === undefined) return Infinity;
  const at = /^\d{4}-\d\d-\d\d$/.test(text) ? Date.parse(text) + 36 * 3_600_000 : Date.parse(text);
  return Number.isNaN(at) ? Infinity : at;
}

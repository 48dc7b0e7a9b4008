import { comparePositions, effectiveEvents, type JourneyEvent } from '#journey';
import { computable } from '../health/held.js';
import type { Calendar } from '../tenant.js';

const DONE_RESTS_DAYS = 7;

/** Called: nobody calls again for a week. Put off: nothing but recoveries is listed, whose clocks run on. */
export type Rest = 'called' | 'put off';

/** What says that a customer rests, and what takes that back. */
export const RESTS = ['task.done', 'task.snoozed', 'record.retracted', 'record.amended'];

/** Whether a customer was called in the last week, or put off to a later day; null: neither. By the log itself, so that who says it sees it at once, on a pinned day too: of other calls only those up to that day count. */
export function restOf(events: readonly JourneyEvent[], { today, now, dayOf }: Calendar): Rest | null {
  const said = computable(events, effectiveEvents).value.filter(({ data, source, occurredAt }) => data['list'] === 'today' && (!today.pinned || source === 'today' || occurredAt <= now));
  const last = said.sort((a, b) => comparePositions(a.position, b.position)).at(-1);
  if (!last) return null;
  if (last.type === 'task.snoozed') return String(last.data['until'] ?? '') > today.date ? 'put off' : null;
  return dayOf(last.occurredAt) > today.day - DONE_RESTS_DAYS ? 'called' : null;
}

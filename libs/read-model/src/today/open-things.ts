import type { JourneyEvent } from '#journey';

/** Tickets whose last change is not a resolution or a closing, the latest to be opened or reopened last. */
export function openTickets(events: readonly JourneyEvent[]): Set<string> {
  return openIn(events, 'ticket', ['opened', 'reopened'], ['resolved', 'closed']);
}

/** Entities of a family for which an opening fact has no closing one after it. Events are effective, earliest first. */
export function openIn(events: readonly JourneyEvent[], family: string, opening: readonly string[], closing: readonly string[]): Set<string> {
  const open = new Set<string>();
  for (const { type, data } of events) {
    const [of, what = ''] = type.split('.');
    const id = data[family];
    if (typeof id !== 'string') continue;
    if (closing.includes(what)) open.delete(id);
    if (of === family && opening.includes(what)) {
      open.delete(id);
      open.add(id);
    }
  }
  return open;
}

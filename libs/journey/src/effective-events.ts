import { comparePositions, type EventRef, type JourneyEvent, parsePosition } from './envelope.js';
import { isAboutRecords } from './catalogue.js';
import { upcast } from './upcast.js';

interface Retraction {
  readonly events?: readonly EventRef[];
  readonly import?: string;
}

interface Amendment {
  readonly event: EventRef;
  readonly data: Record<string, unknown>;
  readonly time?: string;
}

/** True for facts about facts: after one of these a sheet must be folded again from the events. */
export function needsRefold(event: JourneyEvent): boolean {
  return event.type === 'record.retracted' || event.type === 'record.amended';
}

/**
 * What the events say when everything taken back is gone and everything amended is as amended, earliest first by (occurredAt, position).
 * A retraction by import takes the import's events before it in its own stream, since merged customers are folded together; by name, wherever they stand.
 * The last amendment by position counts.
 * A later retraction or amendment may name an earlier one: then that is taken back or changed. Events of the same position count once.
 * Give events as they are stored: an amendment is written in the version of its event, so they are lifted to today's versions here, after it.
 */
export function effectiveEvents(events: readonly JourneyEvent[]): JourneyEvent[] {
  const corrections = events.filter(needsRefold);
  if (corrections.length === 0) return inOrder(events.filter(({ type }) => !isAboutRecords(type)).map(upcast));
  corrections.sort((a, b) => comparePositions(b.position, a.position));
  const retracted = new Set<string>();
  const imports: { id: string; stream: string; position: string }[] = [];
  const amended = new Map<string, Amendment>();
  const isGone = (event: JourneyEvent) => retracted.has(refKey(event))
    || (event.importId !== undefined && imports.some(({ id, stream, position }) => id === event.importId && stream === event.stream.id && comparePositions(event.position, position) < 0));
  // The latest first: what still stands decides about what came before it.
  for (const correction of corrections) {
    if (isGone(correction)) continue;
    const data = amended.get(refKey(correction))?.data ?? correction.data;
    if (correction.type === 'record.retracted') {
      const { events: named = [], import: id } = data as Retraction;
      for (const ref of named) retracted.add(refKey(ref));
      if (id !== undefined) imports.push({ id, stream: correction.stream.id, position: correction.position });
    } else {
      const amendment = data as unknown as Amendment;
      if (!amended.has(refKey(amendment.event))) amended.set(refKey(amendment.event), amendment);
    }
  }
  const standing = events.filter((event) => !isAboutRecords(event.type) && !isGone(event)).map((event) => {
    const amendment = amended.size ? amended.get(refKey(event)) : undefined;
    return upcast(amendment ? { ...event, data: amendment.data, occurredAt: amendment.time ?? event.occurredAt } : event);
  });
  return inOrder(standing);
}

function inOrder(events: JourneyEvent[]): JourneyEvent[] {
  if (areInOrder(events)) return events;
  const timed = events.map((event) => ({ event, at: Date.parse(event.occurredAt), position: parsePosition(event.position) }));
  return timed.sort((a, b) => a.at - b.at || a.position.epoch - b.position.epoch || a.position.n - b.position.n).map(({ event }) => event).filter((event, index, all) => event.position !== all[index - 1]?.position);
}

/** Most streams are told in order, each event once. */
function areInOrder(events: readonly JourneyEvent[]): boolean {
  let before = -Infinity;
  return events.every((event, index) => {
    const at = Date.parse(event.occurredAt);
    const isNext = at > before || (at === before && comparePositions(events[index - 1]!.position, event.position) < 0);
    before = at;
    return isNext;
  });
}

/** What a fact is known by where one text is wanted. A JSON pair cannot be forged by a source that contains the separator. */
export function refKey({ source, id }: EventRef): string {
  return JSON.stringify([source, id]);
}

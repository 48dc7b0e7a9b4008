import type { Position, StreamKey } from '#journey';
import type { Append, AppendVerdict, NewEvent } from '../event-store.js';

/** An event as its id knows it: the hash of its body, and where it stands. */
export interface Known { readonly hash: string; position: number }

/** An event that is to be written; `entry.position` is set once it has been drawn. */
export interface Fresh { readonly stream: StreamKey; readonly revision: number; readonly event: NewEvent; readonly entry: Known }

export interface Decisions {
  /** In the order of the appends, which is the order in which positions are to be drawn. */
  readonly fresh: Fresh[];
  /** The verdicts, to be asked for when positions are drawn. */
  finish(format: (position: number) => Position): AppendVerdict[];
}

/** The revision of a stream that has no events. */
const EMPTY = -1;

/** Decides appends one after the other, each seeing the ones before it. Raises `revisions` and fills `known` on the way. */
export function decideAppends(appends: readonly Append[], revisions: Map<string, number>, known: Map<string, Known>): Decisions {
  const fresh: Fresh[] = [];
  const verdicts = appends.map((append) => decide(append, revisions, known, fresh));
  return { fresh, finish: (format) => verdicts.map((verdict) => verdict(format)) };
}

function decide({ stream, expected, events }: Append, revisions: Map<string, number>, known: Map<string, Known>, fresh: Fresh[]): (format: (position: number) => Position) => AppendVerdict {
  const entries = new Map<string, Known>();
  for (const event of events) {
    const id = idKey(stream.tenant, event);
    const entry = known.get(id) ?? entries.get(id);
    if (entry && entry.hash !== event.bodyHash) {
      return (format) => ({ status: 'conflict', event: { source: event.source, id: event.id }, position: format(entry.position) });
    }
    entries.set(id, entry ?? { hash: event.bodyHash, position: 0 });
  }
  const missing = [...entries.keys()].filter((id) => !known.has(id));
  const key = keyOf(stream);
  const actual = revisions.get(key)!;
  if (missing.length > 0 && !accepts(expected, actual)) return () => ({ status: 'wrong-revision', actual: actual === EMPTY ? null : actual });
  for (const event of events) {
    const id = idKey(stream.tenant, event);
    if (known.has(id)) continue;
    const entry = entries.get(id)!;
    const revision = revisions.get(key)! + 1;
    revisions.set(key, revision);
    known.set(id, entry);
    fresh.push({ stream, revision, event, entry });
  }
  const placed = events.map((event) => known.get(idKey(stream.tenant, event))!);
  return (format) => ({ status: missing.length > 0 ? 'appended' : 'duplicate', positions: placed.map(({ position }) => format(position)) });
}

function accepts(expected: Append['expected'], actual: number): boolean {
  if (expected === 'any') return true;
  if (expected === 'none') return actual === EMPTY;
  if (expected === 'exists') return actual !== EMPTY;
  return actual === expected;
}

export const keyOf = ({ tenant, category, id }: StreamKey): string => `${tenant}\u0000${category}\u0000${id}`;
export const idKey = (tenant: string, { source, id }: { source: string; id: string }): string => `${tenant}\u0000${source}\u0000${id}`;

import { createHash } from 'node:crypto';
import type { JourneyEvent, Position } from '#journey';
import type { EventStore } from '../event-store.js';

/** Of each stream how many events it has, and a digest of all of them in order, without the positions. */
export type Digests = ReadonlyMap<string, { readonly events: number; readonly digest: string }>;

const PAGE = 1_000;

/** `last`: where the last of all events stands; null when there is none. */
export async function digestsOf(store: EventStore): Promise<{ readonly streams: Digests; readonly last: Position | null }> {
  let last: Position | null = null;
  const digests = new Map<string, { events: number; digest: string }>();
  for await (const { events } of store.read(null, { batchSize: PAGE })) {
    for (const { position, ...event } of events) {
      last = position;
      const key = `${event.stream.tenant}/${event.stream.category}/${event.stream.id}`;
      const before = digests.get(key) ?? { events: 0, digest: '' };
      digests.set(key, { events: before.events + 1, digest: createHash('sha256').update(before.digest).update(textOf(event)).digest('hex') });
    }
  }
  return { streams: digests, last };
}

/** Names of streams that are not the same on both sides. */
export function differing(one: Digests, other: Digests): string[] {
  return [...new Set([...one.keys(), ...other.keys()])].filter((key) => one.get(key)?.events !== other.get(key)?.events || one.get(key)?.digest !== other.get(key)?.digest).sort();
}

/** Fields in one order, whatever the store gave them in; the data as it was written. */
function textOf(event: Omit<JourneyEvent, 'position'>): string {
  return JSON.stringify(Object.entries(event).filter(([, value]) => value !== undefined && value !== null).sort(([a], [b]) => (a < b ? -1 : 1)));
}

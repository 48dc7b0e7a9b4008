import { randomUUID } from 'node:crypto';
import type { Append } from '../event-store.js';
import { type Fresh, keyOf, type Known } from '../postgres/decide-appends.js';
import { propose } from './envelope.js';
import type { Intent } from './reservations.js';

/** Appends to one stream that expect nothing of it go in one, up to so many bytes; the server takes a mebibyte at most. */
const TOGETHER_BYTES = 256 * 1024;

/** `entries`: whose positions are to be set once it is stored, in order of its events. */
export interface Intended { readonly intent: Intent; readonly entries: readonly Known[] }

/** What is to be written as intents, those of a stream in its order. Events of one append are never parted. */
export function intentsOf(appends: readonly Append[], fresh: readonly Fresh[]): Intended[] {
  const byId = new Map(fresh.map((each) => [each.event, each]));
  const open = new Map<string, { readonly written: Fresh[]; bytes: number }>();
  const intended: Intended[] = [];
  const close = (key: string) => {
    const group = open.get(key);
    if (group) intended.push(intentOf(group.written, false));
    open.delete(key);
  };
  for (const { stream, expected, events } of appends) {
    const written = events.flatMap((event) => byId.get(event) ?? []);
    if (written.length === 0) continue;
    const key = keyOf(stream);
    if (expected !== 'any' && expected !== 'exists') {
      intended.push(intentOf(written, true));
      continue;
    }
    const bytes = written.reduce((sum, { event }) => sum + JSON.stringify(event).length, 0);
    if ((open.get(key)?.bytes ?? 0) + bytes > TOGETHER_BYTES) close(key);
    const group = open.get(key) ?? { written: [], bytes: 0 };
    group.written.push(...written);
    group.bytes += bytes;
    open.set(key, group);
  }
  for (const key of [...open.keys()]) close(key);
  return intended;
}

function intentOf(written: readonly Fresh[], firm: boolean): Intended {
  const { stream, revision } = written[0]!;
  return {
    intent: {
      batch: randomUUID(), stream, firm, revision: revision - 1,
      events: written.map(({ event }) => propose(stream.tenant, event)), hashes: written.map(({ event }) => event.bodyHash),
    },
    entries: written.map(({ entry }) => entry),
  };
}

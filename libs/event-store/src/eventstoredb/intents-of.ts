import { randomUUID } from 'node:crypto';
import type { Append } from '../event-store.js';
import { type Fresh, keyOf, type Known } from '../postgres/decide-appends.js';
import { propose } from './envelope.js';
import { grouped } from './in-parallel.js';
import type { Intent } from './reservations.js';

/** `entries`: whose positions are to be set once it is stored, in order of its events. */
export interface Intended { readonly intent: Intent; readonly entries: readonly Known[] }

/** What is to be written as intents, one for each stream. Who expects something of a stream is alone with it. */
export function intentsOf(appends: readonly Append[], fresh: readonly Fresh[]): Intended[] {
  const firm = new Set(appends.filter(({ expected }) => expected !== 'any' && expected !== 'exists').map(({ stream }) => keyOf(stream)));
  return grouped(fresh, ({ stream }) => keyOf(stream)).map((written) => intentOf(written, firm.has(keyOf(written[0]!.stream))));
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

import type { Position } from '#journey';
import type { EventStore } from '../event-store.js';
import type { Copied } from './copied-event.js';

/** All events after a position, page by page, with the hashes of their bodies. */
export async function* pagesOf(store: EventStore, after: Position | null, batchSize: number): AsyncGenerator<{ readonly events: readonly Copied[]; readonly position: Position }> {
  for await (const { events, position } of store.read(after, { batchSize })) {
    const hashes = new Map<string, string>();
    for (const tenant of new Set(events.map(({ stream }) => stream.tenant))) {
      const taken = await store.taken(tenant, events.filter(({ stream }) => stream.tenant === tenant));
      for (const { source, id, bodyHash } of taken) hashes.set(keyOf(tenant, source, id), bodyHash);
    }
    yield {
      position,
      events: events.map((event) => {
        const bodyHash = hashes.get(keyOf(event.stream.tenant, event.source, event.id));
        if (bodyHash === undefined) throw new Error(`The event at ${event.position} has no id row, so a copy of it could be stored twice. If the log is on EventStoreDB, let the mirror reach its end first; else see npx touchline verify.`);
        return { event, bodyHash };
      }),
    };
  }
}

const keyOf = (...parts: readonly string[]): string => parts.join('\u0000');

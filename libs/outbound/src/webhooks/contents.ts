import type { Database, EventStore, KeyRing } from '#event-store';
import type { JourneyEvent } from '#journey';
import { publicEvent } from '../public-event/public-event.js';
import { unsealed } from '../public-event/unsealed.js';
import { TEST } from './delivery-log.js';
import type { Taken } from './take.js';

export interface ContentParts {
  readonly worker: Database;
  readonly store: EventStore;
  readonly keys: KeyRing;
  /** Where our API is, if known. */
  readonly publicUrl: string | undefined;
}

/** What each delivery of one tenant says, made when it is sent: nothing of a fact is kept beside the log, so that who was erased is gone from here too. Null: the fact is not there. */
export async function contentsOf({ worker, store, keys, publicUrl }: ContentParts, tenant: string, taken: readonly Taken[], now: Date): Promise<(object | null)[]> {
  const facts = taken.filter(({ position }) => position !== null);
  const found = facts.length === 0 ? [] : await store.find(tenant, facts.map(({ source, event }) => ({ source, id: event })));
  const known = new Map(found.map((event) => [keyOf(event.source, event.id), event]));
  const opened = await openedBy(keys, worker, tenant, taken.filter(({ endpoint }) => endpoint.unseal).flatMap(({ source, event }) => known.get(keyOf(source, event)) ?? []), publicUrl);
  return taken.map((each) => {
    if (each.position === null) return test(each, now);
    const event = known.get(keyOf(each.source, each.event));
    if (!event) return null;
    return each.endpoint.unseal ? opened.get(event) ?? null : publicEvent(event, publicUrl);
  });
}

async function openedBy(keys: KeyRing, worker: Database, tenant: string, events: readonly JourneyEvent[], publicUrl: string | undefined): Promise<ReadonlyMap<JourneyEvent, object | null>> {
  if (events.length === 0) return new Map();
  const bodies = await worker.statements((sql) => unsealed(keys, sql, tenant, events, publicUrl));
  return new Map(events.map((event, place) => [event, bodies[place]!]));
}

const test = ({ id, endpoint }: Taken, now: Date): object => ({
  specversion: '1.0', id, source: 'touchline:webhooks', type: TEST, subject: endpoint.id, time: now.toISOString(), datacontenttype: 'application/json',
  data: { says: 'This is a test: nothing has happened. Facts look the same.' },
});

const keyOf = (source: string, id: string): string => JSON.stringify([source, id]);

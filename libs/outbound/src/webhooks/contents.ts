import type { Database, EventStore, KeyRing } from '#event-store';
import type { JourneyEvent } from '#journey';
import { cloudEvent, publicEvent } from '../public-event/public-event.js';
import { unsealed } from '../public-event/unsealed.js';
import type { Taken } from './take.js';
import { REPORT_PUBLISHED } from './tell-of-report.js';
import { testEvent } from './test-event.js';

export interface ContentParts {
  readonly worker: Database;
  readonly store: EventStore;
  readonly keys: KeyRing;
  /** Where our API is, if known. */
  readonly publicUrl: string | undefined;
}

export type Content = { readonly body: object } | { readonly never: string };

/** The facts that deliveries of one tenant are about, in their order; undefined for a test, and where there is none. */
export async function factsOf(store: EventStore, tenant: string, taken: readonly Taken[]): Promise<(JourneyEvent | undefined)[]> {
  const about = taken.filter(({ position }) => position !== null);
  const found = about.length === 0 ? [] : await store.find(tenant, about.map(({ source, event }) => ({ source, id: event })));
  const known = new Map(found.map((event) => [keyOf(event.source, event.id), event]));
  return taken.map(({ source, event }) => known.get(keyOf(source, event)));
}

/** What a delivery says, made when it is sent: nothing of a fact is kept beside the log, so that who was erased is gone from here too. Or why it can never be said. */
export async function contentOf({ worker, keys, publicUrl }: ContentParts, taken: Taken, fact: JourneyEvent | undefined, now: Date): Promise<Content> {
  const { id, position, endpoint: { tenant, id: endpoint, unseal } } = taken;
  if (position === null) return { body: testEvent(id, endpoint, now) };
  if (!fact) return { never: 'the fact is not in the log any more' };
  if (fact.type === REPORT_PUBLISHED) return { body: cloudEvent(fact, publicUrl) };
  try {
    const body = unseal ? (await worker.statements((sql) => unsealed(keys, sql, tenant, [fact], publicUrl)))[0] : publicEvent(fact, publicUrl);
    return body ? { body } : { never: 'the fact is not public' };
  } catch (error) {
    if ((error as Error).name === 'SealBroken') return { never: (error as Error).message };
    throw error;
  }
}

const keyOf = (source: string, id: string): string => JSON.stringify([source, id]);

import { type KeyRing, type Sql, unseal } from '#event-store';
import type { JourneyEvent } from '#journey';
import { type PublicEvent, publicEvent } from './public-event.js';

/**
 * As `publicEvent`, event by event, but with personal fields opened, for readers who may see them: null where a key was destroyed.
 * One statement on the caller's connection for all keys that are not in memory.
 */
export async function unsealed(keys: KeyRing, sql: Sql, tenant: string, events: readonly JourneyEvent[], publicUrl?: string): Promise<(PublicEvent | null)[]> {
  return (await unseal(keys, sql, tenant, events)).map((event) => publicEvent(event, publicUrl));
}

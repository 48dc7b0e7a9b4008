import { type EventStore, isSealed, kidsOf } from '#event-store';
import { contactPaths, type DataPath, eventTypes, type JourneyEvent, type Position } from '#journey';
import { visitAt } from '../record-events/data-path.js';
import type { ErasedOfCustomer } from './certificate.js';

const PAGE = 1_000;
/** Where any type names a contact: an amendment speaks a type that it does not say. */
const ANYWHERE: readonly DataPath[] = [...new Map(eventTypes.flatMap(({ type }) => contactPaths(type)).map((path) => [path.join('/'), path])).values()];

/**
 * Reads what a tenant's customers know of a person, up to the head: facts that name the contact, and fields sealed with its key (`kid`, if there is one).
 * It looks at every fact of the log once, in pages of those that may be meant.
 */
export async function readMentions(store: EventStore, tenant: string, contact: string, kid?: string): Promise<{ upTo: Position; customers: ErasedOfCustomer[] }> {
  const upTo = await store.head();
  const found = new Map<string, { customer: string; facts: number; fields: number }>();
  const containing = [JSON.stringify(contact), ...(kid === undefined ? [] : [kid])];
  for (let after: Position | null = null; ;) {
    const { events, position } = await store.readAll(after, PAGE, { tenant, categories: ['customer'], containing });
    for (const event of events) {
      const fields = kid === undefined ? 0 : sealedWith(kid, event.data);
      if (fields === 0 && !names(contact, event)) continue;
      const { id: customer } = event.stream;
      const { facts, fields: before } = found.get(customer) ?? { facts: 0, fields: 0 };
      found.set(customer, { customer, facts: facts + (fields > 0 ? 1 : 0), fields: before + fields });
    }
    if (events.length < PAGE) return { upTo, customers: [...found.values()] };
    after = position;
  }
}

function sealedWith(kid: string, value: unknown): number {
  if (typeof value !== 'object' || value === null) return 0;
  if (isSealed(value)) return kidsOf(value.kid).includes(kid) ? 1 : 0;
  return Object.values(value).reduce<number>((sum, inner) => sum + sealedWith(kid, inner), 0);
}

function names(contact: string, { type, data }: JourneyEvent): boolean {
  const [body, paths] = type === 'record.amended' ? [data['data'], ANYWHERE] : [data, contactPaths(type)];
  let named = false;
  for (const path of paths) visitAt(body, path, (found) => { named ||= found === contact; return found; });
  return named;
}

import { type Sql, unseal } from '#event-store';
import { effectiveEvents, type JourneyEvent } from '#journey';
import { rootsKnown, storyOf } from '../customers/together.js';
import { groupBy } from '../group-by.js';
import { computable } from '../health/held.js';
import type { ReadModelOptions } from '../reading.js';

export const CORRECTIONS = ['record.retracted', 'record.amended'];

/** What facts of these types say of customers and who is merged into them, earliest first, personal fields opened; by who stands for them. */
export async function toldOf(model: Pick<ReadModelOptions, 'keys'>, sql: Sql, tenant: string, customers: readonly string[], types: readonly string[]): Promise<ReadonlyMap<string, readonly JourneyEvent[]>> {
  const roots = await rootsKnown(sql, tenant);
  const members = [...new Set(customers)].flatMap((customer) => roots.members(customer));
  const stored = await storyOf(sql, tenant, { members }, [...types, ...CORRECTIONS]);
  const stories = groupBy(await unseal(model.keys, sql, tenant, stored), ({ stream }) => roots.root(stream.id));
  return new Map([...stories].map(([customer, events]) => [customer, computable(events, effectiveEvents).value]));
}

/** What is said of the people and tickets of answers. */
export const AROUND = ['contact.added', 'ticket.opened', 'ticket.assigned'] as const;

/** The queue that a ticket is in, and what it is about. */
export function ticketIn(events: readonly JourneyEvent[], ticket: string | null): { readonly id: string; readonly queue: string | null; readonly subject: string | null } | null {
  if (ticket === null) return null;
  const own = events.filter(({ type, data }) => type.startsWith('ticket.') && data['ticket'] === ticket);
  const latest = (field: string) => (own.findLast(({ data }) => typeof data[field] === 'string')?.data[field] as string | undefined) ?? null;
  return { id: ticket, queue: latest('queue'), subject: latest('subject') };
}

/** Who somebody is: the name that facts give. */
export function personIn(events: readonly JourneyEvent[], contact: string | null): { readonly id: string; readonly name: string | null } | null {
  if (contact === null) return null;
  const named = events.findLast(({ type, data }) => type === 'contact.added' && data['contact'] === contact && typeof data['name'] === 'string');
  return { id: contact, name: (named?.data['name'] as string | undefined) ?? null };
}

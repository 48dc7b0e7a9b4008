import type { EventStore } from '#event-store';
import type { EventRef } from '#journey';
import type { ParsedItem } from './parse-item.js';

/** What a batch needs to know of an event that it names. */
export interface KnownEvent {
  /** Null when it is not a fact about one customer. */
  readonly customer: string | null;
  readonly type: string;
  readonly version: number;
}

export type KnownEvents = ReadonlyMap<string, KnownEvent>;

/** One text for both: neither has a space in it. */
export const refKey = ({ source, id }: EventRef) => `${source} ${id}`;

/** The events that the `record` facts of a batch name. One look-up. */
export async function readKnownEvents(store: EventStore, tenant: string, items: readonly ParsedItem[]): Promise<KnownEvents> {
  const named = items.flatMap(({ envelope }) => namedRefs(envelope.type, envelope.data));
  if (named.length === 0) return new Map();
  const refs = new Map(named.map((ref) => [refKey(ref), ref]));
  const found = await store.find(tenant, [...refs.values()].map(({ source, id }) => ({ source, id })));
  return new Map(found.map(({ source, id, stream, type, version }) =>
    [refKey({ source, id }), { customer: stream.category === 'customer' ? stream.id : null, type, version }]));
}

export const isAliasFact = (type: string) => type === 'customer.alias-added' || type === 'customer.alias-removed';

/** The events that a `record.retracted` or `record.amended` is about. */
export function namedRefs(type: string, data: Record<string, unknown>): EventRef[] {
  if (type === 'record.amended') return [data.event as EventRef];
  return type === 'record.retracted' ? (data.events as EventRef[] | undefined) ?? [] : [];
}

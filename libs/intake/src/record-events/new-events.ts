import type { KeyObject } from 'node:crypto';
import type { Append, NewEvent } from '#event-store';
import type { AliasFact } from '../identity/alias-plan.js';
import { bodyHash } from './body-hash.js';
import type { Candidate } from './candidate.js';
import { OWN_SOURCE } from './envelope.js';
import type { IntakeContext } from './intake-context.js';
import type { ParsedItem } from './parse-item.js';

const OWN_ACTOR = { kind: 'system', id: OWN_SOURCE } as const;

/** An item, with the facts that open its customer before it. */
export function appendOf({ item, customer, bodyHash: hash }: Candidate, data: Record<string, unknown>, { tenant, actor, importId, traceParent, ours }: IntakeContext, openings: readonly NewEvent[] = []): Append {
  const { envelope: { source, id, type, links }, version, occurredAt, observedAt } = item;
  return { ...inStream(tenant, customer, [...openings, { source, id, type, version, occurredAt, observedAt, actor, importId, ...(traceParent !== undefined && { traceParent }), ...links, data, bodyHash: hash }]), ...(ours && { expected: ours.expected }) };
}

/** A fact that we add ourselves. Its hash leaves out the time, so that sending it again is a duplicate. */
export function ownEvent(customer: string, fact: Pick<NewEvent, 'id' | 'type' | 'data' | 'occurredAt' | 'observedAt'>, hashSecret: KeyObject): NewEvent {
  return { ...fact, source: OWN_SOURCE, version: 1, actor: OWN_ACTOR, bodyHash: bodyHash(hashSecret, { type: fact.type, customer, data: fact.data }) };
}

/** `customer.alias-added` for an alias that the item was the first to use; known when the item was. */
export function aliasEvent({ alias, customer, freed }: AliasFact, { occurredAt, observedAt }: ParsedItem, hashSecret: KeyObject): NewEvent {
  const id = `alias${freed > 0 ? `/${freed}` : ''}:${alias.system}:${encodeURIComponent(alias.id)}`;
  return ownEvent(customer, { id, type: 'customer.alias-added', data: { system: alias.system, id: alias.id }, occurredAt, observedAt }, hashSecret);
}

export const inStream = (tenant: string, customer: string, events: readonly NewEvent[]): Append => ({ stream: { tenant, category: 'customer', id: customer }, expected: 'any', events });

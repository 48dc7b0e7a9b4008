import type { Append, NewEvent } from '#event-store';
import type { AliasFact } from '../identity/alias-plan.js';
import { bodyHash } from './body-hash.js';
import type { Candidate } from './candidate.js';
import { OWN_SOURCE } from './envelope.js';
import type { IntakeContext } from './intake-context.js';
import type { ParsedItem } from './parse-item.js';

const OWN_ACTOR = { kind: 'system', id: OWN_SOURCE } as const;

export function appendOf(candidate: Candidate, data: Record<string, unknown>, { tenant, actor, importId }: IntakeContext, hashSecret: Buffer): Append {
  const { envelope, version, occurredAt, observedAt } = candidate.item;
  const { source, id, type } = envelope;
  return single(tenant, candidate.customer, { source, id, type, version, occurredAt, observedAt, actor, importId, data, bodyHash: bodyHash(hashSecret, envelope) });
}

/** A fact that we add ourselves. Its hash leaves out the time, so that sending it again is a duplicate. */
export function ownAppend(tenant: string, customer: string, fact: Pick<NewEvent, 'id' | 'type' | 'data' | 'occurredAt' | 'observedAt'>, hashSecret: Buffer): Append {
  const hash = bodyHash(hashSecret, { type: fact.type, customer, data: fact.data });
  return single(tenant, customer, { ...fact, source: OWN_SOURCE, version: 1, actor: OWN_ACTOR, bodyHash: hash });
}

/** `customer.alias-added` for an alias that the item was the first to use; known when the item was. */
export function aliasAppend(tenant: string, { alias, customer, freed }: AliasFact, { occurredAt, observedAt }: ParsedItem, hashSecret: Buffer): Append {
  const id = `alias${freed > 0 ? `/${freed}` : ''}:${alias.system}:${encodeURIComponent(alias.id)}`;
  return ownAppend(tenant, customer, { id, type: 'customer.alias-added', data: { system: alias.system, id: alias.id }, occurredAt, observedAt }, hashSecret);
}

const single = (tenant: string, id: string, event: NewEvent): Append => ({ stream: { tenant, category: 'customer', id }, expected: 'any', events: [event] });

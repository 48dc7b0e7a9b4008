import { comparePositions, type JourneyEvent } from '../envelope.js';
import type { LinkedFact } from '../outage/declared-outage.js';
import { evolveInitiative, type Initiative, type RequestRef, unlinked } from './initiative.js';

/** What of an initiative holds for all customers that it is linked to. */
export const initiativeMessages = ['initiative.delivered', 'initiative.customer-told', 'initiative.dropped'] as const;

/**
 * What one fact of the initiative's stream brings into the streams of customers: who asked is linked; that it was delivered or dropped, and what all were told, reaches those linked by then.
 * Who is linked later learns at once that it is there, but was not told of it before.
 */
export function initiativeLinks(events: readonly JourneyEvent[], cause: JourneyEvent): LinkedFact[] {
  const before = events.filter(({ position }) => comparePositions(position, cause.position) < 0).toSorted((a, b) => comparePositions(a.position, b.position));
  const state = before.reduce<Initiative | null>(evolveInitiative, null);
  const { initiative } = cause.data as { initiative: string };
  if ((initiativeMessages as readonly string[]).includes(cause.type)) {
    return customersOf(state?.requests ?? []).map((customer) => ({ customer, type: cause.type, data: { ...cause.data, initiative }, occurredAt: cause.occurredAt }));
  }
  const after = evolveInitiative(state, cause);
  if (!after) return [];
  const added = unlinked(state ?? { requests: [] }, after.requests);
  const known = new Set(customersOf(state?.requests ?? []));
  const delivered = before.find(({ type }) => type === 'initiative.delivered');
  return customersOf(added).flatMap((customer): LinkedFact[] => [
    { customer, type: 'initiative.customer-linked', data: { initiative, title: after.title, requests: added.filter((request) => request.customer === customer).map(({ feedback }) => feedback) }, occurredAt: cause.occurredAt },
    ...(delivered && !known.has(customer) ? [{ customer, type: 'initiative.delivered', data: { initiative }, occurredAt: delivered.occurredAt }] : []),
  ]);
}

const customersOf = (requests: readonly RequestRef[]): string[] => [...new Set(requests.map(({ customer }) => customer))];

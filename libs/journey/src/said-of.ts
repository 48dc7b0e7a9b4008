import type { JourneyEvent } from './envelope.js';

/** What the last such fact says in a field: of facts as they stand, earliest first. */
export const lastOf = (events: readonly JourneyEvent[], field: string, isOne: (event: JourneyEvent) => boolean): string | undefined =>
  events.findLast((event) => isOne(event) && typeof event.data[field] === 'string')?.data[field] as string | undefined;

/** What facts of these types say of a customer: of itself first; what is not said of it is taken from who is merged into it. */
export const saidOf = (events: readonly JourneyEvent[], root: string, field: string, types: readonly string[]): string | undefined =>
  lastOf(events, field, ({ type, stream }) => types.includes(type) && stream.id === root) ?? lastOf(events, field, ({ type }) => types.includes(type));

export const segmentIn = (events: readonly JourneyEvent[], root: string): string | null => saidOf(events, root, 'segment', ['customer.registered', 'customer.profile-changed']) ?? null;

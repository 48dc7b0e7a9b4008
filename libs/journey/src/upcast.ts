import { findType } from './catalogue.js';
import type { JourneyEvent } from './envelope.js';
import type { Contradiction } from './event-type.js';

/**
 * The event as its type reads today: `data` lifted version by version, sealed fields untouched.
 * An event of a type that is not in the catalogue comes back as it is.
 * @throws RangeError for a version that this code does not know, such as one written by a newer release
 */
export function upcast(event: JourneyEvent): JourneyEvent {
  const known = findType(event.type);
  if (!known || known.version === event.version) return event;
  return { ...event, version: known.version, data: liftData(event.type, event.version, event.data) };
}

/**
 * What in `data` cannot be true together, such as an answer off its scale, nor at the time of the fact; empty when nothing.
 * Expects data that is valid under `schemaOf(type, version)`.
 */
export function contradictionsIn(type: string, version: number, data: Record<string, unknown>, occurredAt?: string): readonly Contradiction[] {
  return findType(type)?.check?.(liftData(type, version, data), occurredAt) ?? [];
}

function liftData(type: string, from: number, sent: Record<string, unknown>): Record<string, unknown> {
  const known = findType(type);
  let data = sent;
  for (let version = from; known && version !== known.version; version += 1) {
    const older = known.older?.[version];
    if (!older) throw new RangeError(`${type} in version ${from} is not known here; the current version is ${known.version}`);
    data = older.lift(data);
  }
  return data;
}

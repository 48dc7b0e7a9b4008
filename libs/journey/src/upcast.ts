import type { JourneyEvent } from './envelope.js';
import { findType } from './catalogue.js';

/**
 * The event as its type reads today: `data` lifted version by version, sealed fields untouched.
 * An event of a type that is not in the catalogue comes back as it is.
 * @throws RangeError for a version that this code does not know, such as one written by a newer release
 */
export function upcast(event: JourneyEvent): JourneyEvent {
  const known = findType(event.type);
  if (!known || known.version === event.version) return event;
  let { version, data } = event;
  for (; version !== known.version; version += 1) {
    const older = known.older?.[version];
    if (!older) throw new RangeError(`${event.type} in version ${event.version} is not known here; the current version is ${known.version}`);
    data = older.lift(data);
  }
  return { ...event, version, data };
}

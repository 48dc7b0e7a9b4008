import { familyOf } from '#journey';
import { asksForSegments, type EventFilter, passes, publicTypes } from '../public-event/event-filter.js';
import type { Passing } from './feed-log.js';

/** A filter as the feed uses it, and a key that is the same for all that let the same pass. */
export function passingOf(filter: EventFilter): { readonly passing: Passing; readonly key: string } {
  const types = countable(filter.types);
  const key = JSON.stringify([filter.types, filter.categories, filter.segments, filter.customers].map((values) => values && [...new Set<string>(values)].sort()));
  return { key, passing: { ...(types && { types }), segments: asksForSegments(filter), passes: (event) => passes(filter, event) } };
}

/** All types that a filter names; nothing where it names all, or a family of a tenant's own, of whose types we know nothing. */
function countable(types: EventFilter['types']): readonly string[] | undefined {
  if (!types || types.some((each) => each.startsWith('x-') && each.endsWith('.*'))) return undefined;
  return types.flatMap((each) => (each.endsWith('.*') ? publicTypes.map(({ type }) => type).filter((type) => `${familyOf(type)}.*` === each) : [each]));
}

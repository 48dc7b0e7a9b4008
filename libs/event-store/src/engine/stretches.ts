import { type JourneyEvent, parsePosition } from '#journey';

/** A part of a page that is worked off together: facts of customers, or one fact that concerns all customers of a tenant. */
export type Stretch =
  | { readonly facts: readonly JourneyEvent[]; readonly tick?: undefined; readonly upTo: number }
  | { readonly tick: JourneyEvent; readonly upTo: number };

/** A page in stretches, in log order. `upTo`: as far as the page has looked. */
export function* stretchesOf(events: readonly JourneyEvent[], upTo: number): Generator<Stretch> {
  let facts: JourneyEvent[] = [];
  for (const event of events) {
    if (event.stream.category === 'customer') {
      facts.push(event);
      continue;
    }
    const { n } = parsePosition(event.position);
    if (facts.length > 0) yield { facts, upTo: n - 1 };
    facts = [];
    yield { tick: event, upTo: n };
  }
  yield { facts, upTo };
}

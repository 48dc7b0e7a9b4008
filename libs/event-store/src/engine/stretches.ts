import { isMergeFact, type JourneyEvent, parsePosition } from '#journey';

/** A part of a page that is worked off together: facts of customers, facts that merge or part them, or one fact that concerns all customers of a tenant. */
export type Stretch =
  | { readonly kind: 'facts' | 'merges'; readonly facts: readonly JourneyEvent[]; readonly upTo: number }
  | { readonly kind: 'tick'; readonly tick: JourneyEvent; readonly upTo: number };

/** Whom so many merges concern is refolded in one transaction. */
const MERGES = 50;

/** A page in stretches, in log order. `upTo`: as far as the page has looked. `together`: merges are apart from other facts, so that roots do not change within these. */
export function* stretchesOf(events: readonly JourneyEvent[], upTo: number, together: boolean): Generator<Stretch> {
  let kind: 'facts' | 'merges' = 'facts';
  let facts: JourneyEvent[] = [];
  for (const event of events) {
    const { n } = parsePosition(event.position);
    const isTick = event.stream.category !== 'customer';
    const next = together && isMergeFact(event.type) ? 'merges' : 'facts';
    const ends = isTick || next !== kind || (kind === 'merges' && facts.length === MERGES);
    if (ends && facts.length > 0) {
      yield { kind, facts, upTo: n - 1 };
      facts = [];
    }
    if (isTick) yield { kind: 'tick', tick: event, upTo: n };
    else {
      kind = next;
      facts.push(event);
    }
  }
  yield { kind, facts, upTo };
}

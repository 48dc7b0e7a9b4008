import type { JourneyEvent } from '#journey';
import type { Cards } from '../cards/cards.js';
import type { DayOf } from '../day.js';
import { walk } from './closes.js';
import { knownEvents } from './health-at.js';
import { type HealthDifference, movementOf } from './movement.js';

/** Which events, and how much passing time, moved the score between two instants (after `from`, up to and with `to`), as known at `knownAt`. */
export function healthDifference(events: readonly JourneyEvent[], cards: Cards, options: { from: string; to: string; knownAt: string; dayOf: DayOf }): HealthDifference {
  const { from, to, knownAt, dayOf } = options;
  const [start, end] = [Date.parse(from), Date.parse(to)];
  if (!(start <= end)) throw new RangeError('A difference goes from an earlier instant to a later one');
  const known = knownEvents(events, knownAt);
  const before = known.filter(({ occurredAt }) => Date.parse(occurredAt) <= start);
  const day = dayOf(from);
  const today = dayOf(to);
  const movement = movementOf(walk(before, dayOf).upTo(day), cards, { day, today, dayOf });
  for (const event of known) {
    const at = Date.parse(event.occurredAt);
    if (at > start && at <= end) movement.add(event);
  }
  movement.pass(today);
  return movement.difference();
}

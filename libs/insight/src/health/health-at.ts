import type { JourneyEvent } from '#journey';
import type { Card } from '../cards/card.js';
import type { DayOf } from '../day.js';
import { effectiveEvents } from '../effective-events.js';
import { bandOf, type Band } from '../score/band.js';
import { scoreHealth, type Score } from '../score/score-health.js';
import { closeOf, walk } from './closes.js';

export interface Health {
  readonly score: Score;
  readonly band: Band;
  /** The band at the close of the day before; null before the first fact. */
  readonly closedAs: Band | null;
  /** `declared` when at least one counted fact has only an import's word for when it was known. */
  readonly knowledge: 'witnessed' | 'declared';
}

/** What was known at an instant (by observedAt), with corrections applied, earliest first. Instants are RFC 3339. */
export function knownEvents(events: readonly JourneyEvent[], knownAt: string): JourneyEvent[] {
  const limit = Date.parse(knownAt);
  return effectiveEvents(events.filter(({ observedAt }) => Date.parse(observedAt) <= limit));
}

/** Health as it was at `asOf` (by occurredAt), as far as it was known at `knownAt`. Both bounds belong to it. Any order of events will do. */
export function healthAt(events: readonly JourneyEvent[], card: Card, options: { asOf: string; knownAt: string; dayOf: DayOf }): Health {
  const { asOf, knownAt, dayOf } = options;
  const limit = Date.parse(asOf);
  const counted = knownEvents(events, knownAt).filter(({ occurredAt }) => Date.parse(occurredAt) <= limit);
  const day = dayOf(asOf);
  const score = scoreHealth(walk(counted, dayOf).upTo(day), card, day);
  return healthOf(counted, score, closeOf(counted, card, day - 1, dayOf), card);
}

/** Health from the events that counted, their score and the band at the close before. */
export function healthOf(counted: readonly JourneyEvent[], score: Score, closedAs: Band | null, card: Card): Health {
  return { score, band: bandOf(score, closedAs, card), closedAs, knowledge: counted.some(({ witnessed }) => !witnessed) ? 'declared' : 'witnessed' };
}

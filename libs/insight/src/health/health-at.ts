import { effectiveEvents, type JourneyEvent } from '#journey';
import { cardFor, type Cards } from '../cards/cards.js';
import type { DayOf } from '../day.js';
import { bandByItself, bandOf, type Band } from '../score/band.js';
import type { FactSheet } from '../fact-sheet.js';
import { scoreOf, type Score } from '../score/score-health.js';
import { weigh, type Weighing } from '../score/weigh.js';
import { closeOf, walk } from './closes.js';
import { overrideIn, type Overridden } from './override.js';

export interface Health {
  readonly score: Score;
  readonly band: Band;
  /** The band at the close of the day before; null before the first fact. */
  readonly closedAs: Band | null;
  /** `declared` when at least one counted fact has only an import's word for when it was known. */
  readonly knowledge: 'witnessed' | 'declared';
  /** The override that holds, beside which score and band stay what was computed. */
  readonly override: Overridden | null;
  /** What all of it was computed from. */
  readonly sheet: FactSheet;
}

/** What was known at an instant (by observedAt), with corrections applied, earliest first. Instants are RFC 3339. */
export function knownEvents(events: readonly JourneyEvent[], knownAt: string): JourneyEvent[] {
  const limit = Date.parse(knownAt);
  return effectiveEvents(events.filter(({ observedAt }) => Date.parse(observedAt) <= limit));
}

/** Health as it was at `asOf` (by occurredAt), as far as it was known at `knownAt`. Both bounds belong to it. Any order of events will do. */
export function healthAt(events: readonly JourneyEvent[], cards: Cards, options: { asOf: string; knownAt: string; dayOf: DayOf }): Health {
  const { asOf, knownAt, dayOf } = options;
  const limit = Date.parse(asOf);
  const counted = knownEvents(events, knownAt).filter(({ occurredAt }) => Date.parse(occurredAt) <= limit);
  const day = dayOf(asOf);
  const sheet = walk(counted, dayOf).upTo(day);
  return healthOf(counted, weigh(sheet, cardFor(cards, sheet), day), { sheet, day, closedAs: closeOf(counted, cards, day - 1, dayOf) });
}

/** The band alone, as `healthAt` has it. */
export function bandAt(events: readonly JourneyEvent[], cards: Cards, { asOf, knownAt, dayOf }: { asOf: string; knownAt: string; dayOf: DayOf }): Band {
  const limit = Date.parse(asOf);
  const counted = knownEvents(events, knownAt).filter(({ occurredAt }) => Date.parse(occurredAt) <= limit);
  const day = dayOf(asOf);
  const weighing = (sheet: FactSheet) => weigh(sheet, cardFor(cards, sheet), day);
  const now = weighing(walk(counted, dayOf).upTo(day));
  return bandByItself(now, now.card) ?? bandOf(now, closeOf(counted, cards, day - 1, dayOf), now.card);
}

/** Health from the events that counted, what their sheet weighs on a day, and the band at the close before. */
export function healthOf(counted: readonly JourneyEvent[], weighing: Weighing, { sheet, day, closedAs }: { readonly sheet: FactSheet; readonly day: number; readonly closedAs: Band | null }): Health {
  return {
    score: scoreOf(weighing, sheet, day), band: bandOf(weighing, closedAs, weighing.card), closedAs, knowledge: counted.some(({ witnessed }) => !witnessed) ? 'declared' : 'witnessed',
    override: overrideIn(sheet, weighing.card, day), sheet,
  };
}

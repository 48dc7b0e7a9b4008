import { type Band, type Card, dateOfDay, type Overridden, type Score, type ScoreAndBand, shownOn, withOverride } from '#insight';
import type { JourneyEvent } from '#journey';
import { reliableScore } from '../customers/customer-answer.js';
import { points } from '../reading.js';
import { type Evidence, evidenceOf } from './health-answer.js';

/** A score from 0 to 100, null while too little is known, and its band. */
export interface ScoreAnswer {
  readonly score: number | null;
  readonly band: Band;
}

/** A score that somebody set by hand, while it holds. Dates are its first and its last day. */
export interface OverrideAnswer {
  readonly score: number;
  readonly band: Band;
  readonly since: string;
  readonly until: string;
  readonly by: JourneyEvent['actor'];
  readonly reason: string;
  readonly event: Evidence;
}

/** What counts, with an override and without, and the card and the edges by which it does. */
export interface CountingParts extends ScoreAnswer {
  /** What was computed, whether an override holds or not. */
  readonly computed: ScoreAnswer;
  readonly override: OverrideAnswer | null;
  /** The score that counts, as people read it on the card's own scale from 0 to `max`. */
  readonly shown: { readonly score: number | null; readonly max: number };
  readonly card: { readonly id: string; readonly version: number; readonly label: string | null };
  /** The points from which on a score is healthy, or to be watched, which band an edge itself belongs to, how far beyond an edge a band is kept, and percent of the card that must be known. */
  readonly bands: Required<Card['bands']>;
}

/** An override with the fact that set it. */
type OverrideSet = Overridden & { readonly fact: JourneyEvent };

export function countingParts(card: Card, computed: ScoreAndBand & Pick<Score, 'shown'>, override: OverrideSet | null): CountingParts {
  const counts = withOverride(computed, override);
  const { healthy, watch, margin, leastCoverage, boundary = 'belongs to the upper band' } = card.bands;
  return {
    ...scoreAnswer(counts), computed: scoreAnswer(computed), override: override && overrideAnswer(override),
    shown: override ? shownOn(card, { score: override.score, exact: override.score }) : counts.band === 'unknown' ? { ...computed.shown, score: null } : computed.shown,
    card: { id: card.id, version: card.version, label: card.label ?? null }, bands: { healthy, watch, margin, leastCoverage, boundary },
  };
}

export const scoreAnswer = ({ score, band }: ScoreAndBand): ScoreAnswer => ({ score: reliableScore({ score }, band), band });

function overrideAnswer({ score, band, since, until, fact }: OverrideSet): OverrideAnswer {
  return { score: points(score), band, since: dateOfDay(since), until: dateOfDay(until), by: fact.actor, reason: String(fact.data['reason']), event: evidenceOf(fact)[0]! };
}

import type { Band, GroupScore, MeasureScore, Score } from '#insight';
import { formatPosition, type JourneyEvent, parsePosition, type Position } from '#journey';
import { dateOrNull } from '../customers/customer-answer.js';
import { points } from '../reading.js';
import type { Calendar } from '../tenant.js';
import type { CountingParts } from './counting-parts.js';
import type { PerspectivesAnswer } from './perspectives.js';
import type { RollUpAnswer } from './roll-up-answer.js';

/** The event behind a figure. */
export interface Evidence {
  readonly position: Position;
  readonly source: string;
  readonly id: string;
  readonly type: string;
  readonly occurredAt: string;
}

export interface MeasureAnswer extends Omit<MeasureScore, 'refs' | 'since' | 'points' | 'maxPoints' | 'lost'> {
  readonly points: number;
  readonly maxPoints: number;
  readonly lost: number;
  readonly since: string | null;
  readonly events: readonly Evidence[];
}

export interface GroupAnswer extends Omit<GroupScore, 'points' | 'maxPoints' | 'lost'> {
  readonly points: number;
  readonly maxPoints: number;
  readonly lost: number;
}

/**
 * Health of one customer at one moment. The points of the measures sum to the computed score exactly, in hundredths, with those of the line `ceiling`
 * that is there while a ceiling holds the score down. Where the band is `unknown` there is no score, only what is known of it.
 */
export interface HealthAnswer extends CountingParts {
  readonly customer: string;
  /** Our id of the customer that was asked for, where it was known to be merged into this one; else null. */
  readonly askedAs: string | null;
  readonly name: string | null;
  readonly asOf: string;
  readonly knownAt: string;
  readonly today: Calendar['today'];
  /** The log position that the answer stands on. */
  readonly position: Position;
  /** The computed band at the last close. */
  readonly bandYesterday: Band | null;
  readonly coverage: number;
  readonly dataAge: number | null;
  readonly polarity: Score['polarity'];
  readonly scale: string;
  readonly arithmetic: string;
  /** `declared` when an import said when at least one counted fact was known and we did not see it ourselves. */
  readonly knowledge: 'witnessed' | 'declared';
  readonly held: boolean;
  /** The first fact that could not be read, where one holds the customer back: the figures are those before it. */
  readonly heldBy: Evidence | null;
  readonly groups: readonly GroupAnswer[];
  readonly measures: readonly MeasureAnswer[];
  /** The measure by which a ceiling holds the whole score down, at how many points, and what that costs; null when none does. */
  readonly ceiling: { readonly measure: string; readonly at: number; readonly cost: number } | null;
  /** How it looks to payers and users, by cards of their own. */
  readonly perspectives: PerspectivesAnswer;
  /** The health with that of what belongs to it, as the card rolls it up; null where the card does not, or nobody belongs to it. */
  readonly rollUp: RollUpAnswer | null;
}

const inPoints = <T extends { points: number; maxPoints: number; lost: number }>(part: T) => (
  { ...part, points: points(part.points), maxPoints: points(part.maxPoints), lost: points(part.lost) });

export const groupsOf = ({ groups }: Score): GroupAnswer[] => groups.map(inPoints);

/** What explains a computed score. */
export function scoreParts(score: Score, events: readonly JourneyEvent[]): Pick<HealthAnswer, 'coverage' | 'dataAge' | 'polarity' | 'scale' | 'arithmetic' | 'groups' | 'measures' | 'ceiling'> {
  const byNumber = new Map(events.map((event) => [parsePosition(event.position).n, event]));
  return {
    coverage: score.coverage, dataAge: score.dataAge,
    polarity: score.polarity, scale: score.scale, arithmetic: score.arithmetic,
    ceiling: score.held ? { measure: score.held.measure, at: points(score.held.at), cost: points(score.held.cost) } : null,
    groups: groupsOf(score),
    measures: score.measures.map(({ refs, since, ...measure }) => (
      { ...inPoints(measure), since: dateOrNull(since), events: refs.flatMap((n) => evidenceOf(byNumber.get(n))) })),
  };
}

export function evidenceOf(event: JourneyEvent | undefined): Evidence[] {
  if (!event) return [];
  const { position, source, id, type, occurredAt } = event;
  return [{ position, source, id, type, occurredAt }];
}

/** The last position among events, or the log's beginning. */
export function lastPosition(events: readonly JourneyEvent[], epoch: number): Position {
  return formatPosition(epoch, events.reduce((last, { position }) => Math.max(last, parsePosition(position).n), 0));
}

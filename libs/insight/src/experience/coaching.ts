import type { EventRef, JourneyEvent } from '#journey';
import type { ExperienceAnswer } from './answer.js';
import { type Figure, NOTHING, shareDifference } from './figure.js';
import { csatOf, topBoxOf } from './satisfaction.js';

export interface Coaching {
  readonly coaching: string;
  /** One agent, or all who work on a queue. */
  readonly of: 'agent' | 'queue';
  readonly who: string;
  readonly topic: string;
  readonly givenOn: string;
  readonly event: EventRef;
}

/** A share of answers before and after, and the second less the first with Newcombe's interval. Where either has fewer than 30 answers no value is told; `n` always is. */
export interface BeforeAfter {
  readonly before: Figure;
  readonly after: Figure;
  readonly difference: Figure;
  /** Why there is no value; null where there is one. */
  readonly missing: string | null;
}

export interface CoachingFigures { readonly topBox: BeforeAfter; readonly csat: BeforeAfter }

export type Withheld = Readonly<Record<keyof CoachingFigures, string | null>>;

const LEAST = 30;

/** The last word on each coaching, the newest first; of facts in the order of the log. */
export function coachingsIn(facts: readonly JourneyEvent[]): Coaching[] {
  const newest = new Map(facts.filter(({ type }) => type === 'company.coaching-given').map((event) => [String(event.data['coaching']), event]));
  return [...newest.values()].filter(({ data }) => data['void'] !== true).map(({ data: { void: _, ...data }, source, id }) => ({ ...data as unknown as Omit<Coaching, 'event'>, event: { source, id } }))
    .sort((a, b) => (a.givenOn > b.givenOn || (a.givenOn === b.givenOn && a.coaching < b.coaching) ? -1 : 1));
}

/** Excellent answers and satisfied ones before and after a day. What lies between the two is what changed, whatever changed it. `withheld`: why a share may not be told. */
export function beforeAfter(before: readonly ExperienceAnswer[], after: readonly ExperienceAnswer[], withheld: Withheld = { topBox: null, csat: null }): CoachingFigures {
  return { topBox: compared(topBoxOf(before), topBoxOf(after), withheld.topBox), csat: compared(csatOf(before), csatOf(after), withheld.csat) };
}

function compared(before: Figure, after: Figure, withheld: string | null): BeforeAfter {
  const [one, other] = [before, after].map(({ n, value, low, high }): Figure => ({ n, value, low, high })) as [Figure, Figure];
  const few = Math.min(one.n, other.n) < LEAST ? `${one.n + other.n === 0 ? 'not measured; needs survey.responded about tickets: ' : 'too few: '}${one.n} before and ${other.n} after, where ${LEAST} of each are needed` : null;
  const missing = withheld ?? few;
  if (missing !== null) return { before: { ...NOTHING, n: one.n }, after: { ...NOTHING, n: other.n }, difference: { ...NOTHING, n: one.n + other.n }, missing };
  return { before: one, after: other, difference: shareDifference(Math.round(other.value! * other.n), other.n, Math.round(one.value! * one.n), one.n), missing };
}

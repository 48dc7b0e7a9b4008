import type { DataFor } from '../catalogue.js';
import type { JourneyEvent } from '../envelope.js';

/** Who is asked what and when. */
export type Program = DataFor<'surveyprogram.set'>;

type Fact = Pick<JourneyEvent, 'type' | 'data' | 'occurredAt'>;

export interface ProgramInForce<F extends Fact = JourneyEvent> {
  readonly program: Program;
  /** The fact that set it as it is. */
  readonly fact: F;
  /** When it was first set, in whatever form, since it was last stopped. */
  readonly since: string;
}

/** A program as it was set last; null where it is stopped, or never was set. */
export function programOf<F extends Fact>(facts: readonly F[]): ProgramInForce<F> | null {
  const fact = facts.at(-1);
  if (fact?.type !== 'surveyprogram.set') return null;
  const { occurredAt: since } = facts[facts.findLastIndex(({ type }) => type === 'surveyprogram.stopped') + 1]!;
  return { program: fact.data as unknown as Program, fact, since };
}

/** So many days a question can be answered unless its program says otherwise. */
const USUAL_DAYS = 21;
const DAY_MS = 86_400_000;

/** Until when a question that is asked at an instant can be answered. */
export function answerableUntil({ expiresAfterDays = USUAL_DAYS }: Program, at: string): string {
  return new Date(Date.parse(at) + expiresAfterDays * DAY_MS).toISOString();
}

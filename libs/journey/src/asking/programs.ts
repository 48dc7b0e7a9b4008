import type { DataFor } from '../catalogue.js';
import type { JourneyEvent } from '../envelope.js';

/** Who is asked what and when. */
export type Program = DataFor<'surveyprogram.set'>;

/** A program as it was set last, and by which fact; null where it is stopped, or never was set. */
export function programOf<F extends Pick<JourneyEvent, 'type' | 'data'>>(facts: readonly F[]): { readonly program: Program; readonly fact: F } | null {
  const fact = facts.at(-1);
  return fact?.type === 'surveyprogram.set' ? { program: fact.data as unknown as Program, fact } : null;
}

/** So many days a question can be answered unless its program says otherwise. */
const USUAL_DAYS = 21;
const DAY_MS = 86_400_000;

/** Until when a question that is asked at an instant can be answered. */
export function answerableUntil({ expiresAfterDays = USUAL_DAYS }: Program, at: string): string {
  return new Date(Date.parse(at) + expiresAfterDays * DAY_MS).toISOString();
}

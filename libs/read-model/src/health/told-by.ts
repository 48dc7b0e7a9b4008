import { addFact, emptySheet, type FactSheet, knownEvents } from '#insight';
import type { JourneyEvent } from '#journey';
import type { Calendar } from '../tenant.js';

/** The moment that an answer is about: what was true by `asOf`, as far as it was known by `knownAt`. */
export interface Moment extends Pick<Calendar, 'dayOf'> {
  readonly asOf: string;
  readonly knownAt: string;
}

/** What had happened and was known by a moment: effective, earliest first. */
export function toldBy(events: readonly JourneyEvent[], { asOf, knownAt }: Omit<Moment, 'dayOf'>): JourneyEvent[] {
  const until = Date.parse(asOf);
  return knownEvents(events, knownAt).filter(({ occurredAt }) => Date.parse(occurredAt) <= until);
}

/** The sheet of effective events. */
export const sheetOf = (effective: readonly JourneyEvent[], { dayOf }: Pick<Calendar, 'dayOf'>): FactSheet => effective.reduce((sheet, event) => addFact(sheet, event, dayOf), emptySheet());

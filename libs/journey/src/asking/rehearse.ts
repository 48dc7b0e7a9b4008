import type { JourneyEvent } from '../envelope.js';
import type { Decided } from './decide.js';
import { answersAt, askAfterFact, askByCalendar, type Asked, type Cause, causeFor, goesByCalendar, type Moment } from './moments.js';
import { evolve, nothingKnown } from './state.js';

/** Somebody who would have been asked, or held back. */
export interface Rehearsed { readonly at: string; readonly answer: Decided }

export interface Rehearsal extends Asked, Omit<Moment, 'at'> {
  /** The moments of the time that is over at which programs look at the calendar, the first first. */
  readonly mornings: readonly string[];
}

/**
 * What a program would have said to the facts of a customer, had it been in force and had nobody answered: what it would have asked counts when it asks next.
 * Facts come in the order of when they were true; what became known late is taken as known at once.
 */
export function rehearse(root: string, events: readonly JourneyEvent[], rehearsal: Rehearsal): Rehearsed[] {
  const state = nothingKnown(root);
  const answers: Rehearsed[] = [];
  let place = 0;
  for (const { at, cause } of looksOf(events, rehearsal)) {
    for (; place < events.length && Date.parse(events[place]!.occurredAt) <= Date.parse(at); place++) evolve(state, events[place]!);
    for (const answer of cause ? askAfterFact(rehearsal, cause, { ...rehearsal, at }, state) : askByCalendar(rehearsal, { ...rehearsal, at }, state)) {
      answers.push({ at, answer });
      evolve(state, { ...answer, occurredAt: at, stream: { id: root } });
    }
  }
  return answers;
}

function looksOf(events: readonly JourneyEvent[], { program, mornings }: Rehearsal): { readonly at: string; readonly cause?: Cause }[] {
  if (goesByCalendar(program)) return mornings.map((at) => ({ at }));
  const [from, to] = [mornings[0]!, mornings.at(-1)!].map(Date.parse) as [number, number];
  return events.flatMap((event) => {
    const cause = causeFor(program, event);
    const at = cause && answersAt(program, cause);
    return at && Date.parse(at) >= from && Date.parse(at) <= to ? [{ at, cause }] : [];
  }).sort((a, b) => Date.parse(a.at) - Date.parse(b.at));
}

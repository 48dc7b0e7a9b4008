import { addMonths } from '../day.js';

/** What is known of when a term ends; days are whole days since 1970-01-01. */
interface Term {
  readonly startedOn: number;
  readonly termMonths: number | null;
  readonly autoRenew: boolean;
  readonly renewsOn: number | null;
}

/** The first end of a term on a day or later: as said, or rolled on where it renews by itself; null: its end is over, or not known. */
export function nextDue(state: Term, day: number): number | null {
  const first = dueDay(state);
  if (first === null || first >= day) return first;
  if (!state.autoRenew || !state.termMonths) return null;
  // Counted from the first date each time, so that the 31st stays the 31st.
  for (let terms = 1; ; terms++) {
    const due = addMonths(first, terms * state.termMonths);
    if (due >= day) return due;
  }
}

/** The day on which the term ends: as said, or the start and the term. */
export const dueDay = ({ renewsOn, termMonths, startedOn }: Term): number | null => renewsOn ?? (termMonths ? addMonths(startedOn, termMonths) : null);

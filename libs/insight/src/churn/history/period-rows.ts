import { parsePosition, upcast } from '#journey';
import type { DayOf } from '../../day.js';
import { effectiveEvents, foldEvents, needsRefold } from '../../effective-events.js';
import { addFact, emptySheet, type FactSheet, type ToldEvent } from '../../fact-sheet.js';
import { type View, viewOf } from '../../view.js';
import { contractOf } from './contract.js';
import type { Horizon } from './horizon.js';
import { type CustomerSpell, customerSpells, standingOf } from './leaving.js';
import { GRACE, type LeavingCause } from './spells.js';

export interface RowOptions {
  /** The days at whose end a row is taken, ascending; days are whole days since 1970-01-01 on the tenant's calendar. */
  readonly origins: readonly number[];
  /** How far ahead the labels look; days of any number will do. */
  readonly horizons: readonly Horizon[];
  /** Days between the row and the begin of the window in which a notice counts: what comes sooner is too late to act on, and such a row is left out. */
  readonly gapDays: number;
  /** The last day of which everything is known: a window that ends later has no label yet. */
  readonly knownUntil: number;
  readonly dayOf: DayOf;
  /** A customer is looked at from so many days on. */
  readonly leastDays: number;
  /** Leaving for another cause counts as out of sight, as does merging (competing causes). Left out: every cause but `merger`. */
  readonly causes?: readonly LeavingCause[];
}

/** Whether the customer left within a horizon: `value` 1 yes, 0 no, NaN that cannot be told. Known for certain from the end of the window (`end`) on; that it left, since `knownOn`. */
export interface Label {
  readonly value: number;
  readonly end: number;
  readonly knownOn: number;
}

/** One customer at the end of one day. `view` is good until the next row is asked for. */
export interface PeriodRow {
  readonly day: number;
  readonly view: View;
  /** Per horizon. */
  readonly labels: readonly Label[];
}

/**
 * Person-period rows of one customer from its whole story, in any order. A row is made from nothing but what was true and observed by the end of its day
 * (`occurredAt` and `observedAt`; a correction counts once it was observed); its labels from all that is known. So nothing of the future can get into a row.
 */
export function* periodRows(story: readonly ToldEvent[], options: RowOptions): Generator<PeriodRow, void, void> {
  const { dayOf, origins, leastDays, knownUntil } = options;
  const later = customerSpells(foldEvents(story, dayOf), knownUntil);
  const observed = new Map(story.map(({ position, observedAt }) => [parsePosition(position).n, dayOf(observedAt)]));
  const sheetAt = sheets(story, dayOf);
  for (const day of origins) {
    const sheet = sheetAt(day);
    const { standing, spell } = standingOf(sheet, day);
    if (standing !== 'running' || day - spell!.from < leastDays) continue;
    const truth = later.findLast(({ from }) => from <= day);
    // What came to be known afterwards: that it had begun later, or that notice was given already.
    if (!truth || (truth.notice && truth.notice.day <= day)) continue;
    const view = viewOf(sheet, day);
    const knownOn = knownFrom(truth, observed);
    const labels = options.horizons.map((horizon): Label => ({ ...labelOf(truth, { day, ahead: daysAhead(horizon, view) }, options), knownOn }));
    if (labels.some(({ value }) => !Number.isNaN(value))) yield { day, view, labels };
  }
}

/** The day from which the notice is known. Where the fact behind it came before, a term ended without a word, which is known when the grace is over. */
function knownFrom({ notice }: CustomerSpell, observed: ReadonlyMap<number, number>): number {
  if (!notice) return Infinity;
  const on = observed.get(notice.n)!;
  return on < notice.day ? notice.day + GRACE : on;
}

/** Days from the row to the end of the window; NaN where no renewal date is known. */
function daysAhead(horizon: Horizon, view: View): number {
  if (horizon !== 'renewal') return horizon;
  const next = contractOf(view)?.next;
  return next ? Math.max(0, next.days) + GRACE : NaN;
}

function labelOf({ notice, cause }: CustomerSpell, { day, ahead }: { day: number; ahead: number }, { gapDays, knownUntil, causes }: RowOptions): { value: number; end: number } {
  const end = day + gapDays + ahead;
  if (!(end <= knownUntil)) return { value: NaN, end };
  if (!notice || notice.day > end) return { value: 0, end };
  const counts = causes ? cause !== null && causes.includes(cause) : cause !== 'merger';
  return { value: counts && notice.day > day + gapDays ? 1 : NaN, end };
}

/** The sheet of what was true and observed by the end of a day; days must not go back. */
function sheets(story: readonly ToldEvent[], dayOf: DayOf): (day: number) => FactSheet {
  const told = story.map((event) => ({ event, from: Math.max(dayOf(event.observedAt), dayOf(event.occurredAt)) })).sort((a, b) => a.from - b.from);
  if (story.some(needsRefold)) {
    return (day) => {
      const known = story.filter(({ observedAt }) => dayOf(observedAt) <= day);
      return effectiveEvents(known).filter(({ occurredAt }) => dayOf(occurredAt) <= day).reduce((sheet, event) => addFact(sheet, event, dayOf), emptySheet());
    };
  }
  const sheet = emptySheet();
  let next = 0;
  return (day) => {
    while (next < told.length && told[next]!.from <= day) addFact(sheet, upcast(told[next++]!.event), dayOf);
    return sheet;
  };
}

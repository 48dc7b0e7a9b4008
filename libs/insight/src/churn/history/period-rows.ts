import { effectiveEvents, needsRefold, upcast } from '#journey';
import type { DayOf } from '../../day.js';
import { foldEvents } from '../../fold-events.js';
import { addFact, emptySheet, type FactSheet, type ToldEvent } from '../../fact-sheet.js';
import { type View, viewOf } from '../../view.js';
import { contractOf } from './contract.js';
import type { Horizon } from './horizon.js';
import { type CustomerSpell, customerSpells, standingIn } from './leaving.js';
import { LabelStory } from './labels.js';
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

/** One customer at the end of one day. `view` is good until the next row is asked for; `labels`, one per horizon, are whole only when the last row was told. */
export interface PeriodRow {
  readonly day: number;
  readonly view: View;
  readonly labels: readonly LabelStory[];
}

interface Window {
  readonly day: number;
  readonly ahead: number;
  readonly label: LabelStory;
}

/**
 * Person-period rows of one customer from its whole story, in any order. A row is made from nothing but what was true and observed by the end of its day
 * (`occurredAt` and `observedAt`; a correction counts once it was observed), so nothing of the future can get into it. Its labels say what was known of the outcome
 * on each later day at whose end a row is taken, and on the last day of all: a notice that is told late, withdrawn or taken back changes them from then on.
 */
export function* periodRows(story: readonly ToldEvent[], options: RowOptions): Generator<PeriodRow, void, void> {
  const { dayOf, origins, leastDays, knownUntil } = options;
  const sheetAt = sheets(story, dayOf);
  const windows: Window[] = [];
  for (const day of origins) {
    const sheet = sheetAt(day);
    const spells = customerSpells(sheet, day);
    learn(windows, spells, day, options);
    const { standing, spell } = standingIn(spells, day);
    if (standing !== 'running' || day - spell!.from < leastDays) continue;
    const view = viewOf(sheet, day);
    const labels = options.horizons.map(() => new LabelStory());
    options.horizons.forEach((horizon, place) => windows.push({ day, ahead: daysAhead(horizon, view), label: labels[place]! }));
    yield { day, view, labels };
  }
  learn(windows, customerSpells(foldEvents(story, dayOf), knownUntil), knownUntil, options);
}

/** What spells that are known on a day say of the windows that are over by then. */
function learn(windows: readonly Window[], spells: readonly CustomerSpell[], on: number, options: RowOptions): void {
  for (const { day, ahead, label } of windows) {
    if (day + options.gapDays + ahead <= on) label.learn(on, outcomeOf(spells, { day, ahead }, options));
  }
}

/** Days from the row to the end of the window; NaN where no renewal date is known. */
function daysAhead(horizon: Horizon, view: View): number {
  if (horizon !== 'renewal') return horizon;
  const next = contractOf(view)?.next;
  return next ? Math.max(0, next.days) + GRACE : NaN;
}

/** 1 the notice came within the window, 0 it did not, NaN that cannot be told: it came before, or for a cause that does not count. */
function outcomeOf(spells: readonly CustomerSpell[], { day, ahead }: { day: number; ahead: number }, { gapDays, causes }: RowOptions): number {
  const spell = spells.findLast(({ from }) => from <= day);
  if (!spell || (spell.notice && spell.notice.day <= day + gapDays)) return NaN;
  if (!spell.notice || spell.notice.day > day + gapDays + ahead) return 0;
  return (causes ? spell.cause !== null && causes.includes(spell.cause) : spell.cause !== 'merger') ? 1 : NaN;
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

import type { JourneyEvent } from '#journey';
import { cardFor, type Cards } from '../cards/cards.js';
import type { Card } from '../cards/card.js';
import type { DayOf } from '../day.js';
import { addFact, emptySheet, type FactSheet } from '../fact-sheet.js';
import { closeOf } from '../health/closes.js';
import { type Band, bandOf } from '../score/band.js';
import { Readings } from './readings.js';
import { Scorer } from './scorer.js';

/** The cards that are held against each other. */
export interface Both<T> {
  readonly published: T;
  readonly draft: T;
}

export const both = <T, Made>({ published, draft }: Both<T>, make: (one: T) => Made): Both<Made> => ({ published: make(published), draft: make(draft) });

/** Health at the close of each day of a span, by the days since its first. */
export interface Closes {
  readonly scores: readonly (number | null)[];
  readonly bands: readonly Band[];
}

export interface Span {
  readonly from: number;
  readonly to: number;
  readonly dayOf: DayOf;
}

/**
 * One customer at the close of every day under two sets of cards, from effective events; the same figures as `healthHistory` gives for each. A signal is read once
 * for both, and where no fact came and no day counts, not again. `atClose` is shown each day before the facts of the next one come.
 * @returns the closes, and the rest of the events, folded into the sheet when asked for
 */
export function bothWays(events: readonly JourneyEvent[], cards: Both<Cards>, { from, to, dayOf }: Span, atClose: (day: number, sheet: FactSheet, closes: Both<Closes>) => void): Both<Closes> & { readonly whole: () => FactSheet } {
  const sheet = emptySheet();
  const readings = new Readings(sheet);
  const sides = both(cards, (one) => new Side(one, closeOf(events, one, from - 1, dayOf)));
  let next = 0;
  const foldUpTo = (day: number) => {
    let event = events[next];
    if (!event || dayOf(event.occurredAt) > day) return;
    for (; event && dayOf(event.occurredAt) <= day; event = events[++next]) {
      addFact(sheet, event, dayOf);
      readings.told(event.type);
    }
    sides.published.told(sheet);
    sides.draft.told(sheet);
  };
  for (let day = from; day <= to; day++) {
    foldUpTo(day);
    readings.goTo(day);
    sides.published.close(sheet, readings);
    sides.draft.close(sheet, readings);
    atClose(day, sheet, sides);
  }
  return {
    ...sides, whole: () => {
      foldUpTo(Infinity);
      return sheet;
    },
  };
}

/** One customer under one set of cards. */
class Side implements Closes {
  readonly scores: (number | null)[] = [];
  readonly bands: Band[] = [];
  private card: Card | undefined;
  private scorer: Scorer | undefined;

  constructor(private readonly cards: Cards, private band: Band | null) {}

  /** Facts may call for another card. */
  told(sheet: FactSheet): void {
    const card = cardFor(this.cards, sheet);
    if (card === this.card) return;
    this.card = card;
    this.scorer = new Scorer(card);
  }

  close(sheet: FactSheet, readings: Readings): void {
    if (!this.scorer) this.told(sheet);
    const { score, coverage } = this.scorer!.score(readings.of);
    this.band = bandOf({ score, coverage }, this.band, this.card!);
    this.scores.push(score);
    this.bands.push(this.band);
  }
}

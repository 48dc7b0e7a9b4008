import type { JourneyEvent } from '#journey';
import { cardFor, type Cards } from '../cards/cards.js';
import type { DayOf } from '../day.js';
import { addFact, emptySheet, type FactSheet } from '../fact-sheet.js';
import { bandByItself, bandOf, type Band } from '../score/band.js';
import { weigh } from '../score/weigh.js';

/** Events on their way into a sheet, earliest first, up to the close of one day after the other. */
export function walk(events: readonly JourneyEvent[], dayOf: DayOf): { sheet: FactSheet; upTo: (day: number) => FactSheet } {
  const sheet = emptySheet();
  let next = 0;
  return {
    sheet,
    upTo: (day) => {
      while (next < events.length && dayOf(events[next]!.occurredAt) <= day) addFact(sheet, events[next++]!, dayOf);
      return sheet;
    },
  };
}

const REACH = [0, 7, 60];

/**
 * The band at the close of a day, from effective events. Bands depend on the day before, so this starts where they do not: at a day whose
 * score is clear of every margin: most often the day itself, else looked for in the last week, then the last two months, then from the first fact on.
 */
export function closeOf(events: readonly JourneyEvent[], cards: Cards, day: number, dayOf: DayOf): Band | null {
  const firstDay = events[0] ? dayOf(events[0].occurredAt) : Infinity;
  if (firstDay > day) return null;
  for (const reach of [...REACH, Infinity]) {
    const start = Math.max(firstDay, day - reach);
    const { upTo } = walk(events, dayOf);
    let band: Band | null = null;
    let settled = start === firstDay;
    for (let at = start; at <= day; at++) {
      const sheet = upTo(at);
      const card = cardFor(cards, sheet);
      const weighing = weigh(sheet, card, at);
      const alone = bandByItself(weighing, card);
      settled ||= alone !== null;
      band = alone ?? bandOf(weighing, band, card);
    }
    if (settled) return band;
  }
  return null;
}

/** The sheet of all events, and the band at the close of a day on the way to it; null before the first fact. */
export function foldWithClose(events: readonly JourneyEvent[], cards: Cards, day: number, dayOf: DayOf): { sheet: FactSheet; closedAs: Band | null } {
  const { sheet, upTo } = walk(events, dayOf);
  const card = cardFor(cards, upTo(day));
  const closedAs = sheet.latest ? bandByItself(weigh(sheet, card, day), card) ?? closeOf(events, cards, day, dayOf) : null;
  return { sheet: upTo(Infinity), closedAs };
}

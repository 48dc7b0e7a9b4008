import { effectiveEvents, parsePosition } from '#journey';
import { cardFor, type Cards } from '../cards/cards.js';
import type { Card } from '../cards/card.js';
import type { DayOf } from '../day.js';
import type { ToldEvent } from '../fact-sheet.js';
import { bandOf, type Band } from '../score/band.js';
import type { Hundredths } from '../score/score-health.js';
import { weigh } from '../score/weigh.js';
import { closeOf, walk } from './closes.js';

/** How closed days look otherwise than was said of them. */
export interface Restatement {
  /** The first and the last closed day that differ. */
  readonly from: number;
  readonly day: number;
  /** At the close of that last day; null where too little was known. */
  readonly was: Hundredths | null;
  readonly is: Hundredths | null;
  readonly wasBand: Band;
  readonly isBand: Band;
  /** That scores the customer on that last day now. */
  readonly card: Pick<Card, 'id' | 'version'>;
}

const LONGEST = 366;

/**
 * What late facts make of days that are closed: `events` are all facts, `late` the positions of those that came late. Days from the first that a late fact
 * changes to `closed`, at most 366, are held against what they were without. Null where none differs, or where nobody was told of before.
 */
export function restatement(events: readonly ToldEvent[], cards: Cards, { late, closed, dayOf }: { readonly late: ReadonlySet<string>; readonly closed: number; readonly dayOf: DayOf }): Restatement | null {
  const before = effectiveEvents(events.filter(({ position }) => !late.has(position)));
  const after = effectiveEvents(events);
  const first = Math.max(firstChanged(before, after, dayOf), closed - LONGEST + 1);
  if (before.length === 0 || first > closed) return null;
  const [were, are] = [before, after].map((story) => closes(story, cards, { first, closed, dayOf }));
  const differing = were!.flatMap((was, place) => (was.score === are![place]!.score && was.band === are![place]!.band ? [] : [place]));
  if (differing.length === 0) return null;
  const last = differing.at(-1)!;
  const [was, is] = [were![last]!, are![last]!];
  return { from: first + differing[0]!, day: first + last, was: was.score, is: is.score, wasBand: was.band, isBand: is.band, card: is.card };
}

/** The first day of a fact that is only in one of two stories, or says something else there. */
function firstChanged(before: readonly ToldEvent[], after: readonly ToldEvent[], dayOf: DayOf): number {
  const textOf = ({ position, occurredAt, data }: ToldEvent) => `${parsePosition(position).n} ${occurredAt} ${JSON.stringify(data)}`;
  const [were, are] = [before, after].map((story) => new Map(story.map((event) => [textOf(event), event])));
  const only = (some: Map<string, ToldEvent>, others: Map<string, ToldEvent>) => [...some].flatMap(([text, event]) => (others.has(text) ? [] : [dayOf(event.occurredAt)]));
  return Math.min(...only(were!, are!), ...only(are!, were!), Infinity);
}

function closes(story: readonly ToldEvent[], cards: Cards, { first, closed, dayOf }: { readonly first: number; readonly closed: number; readonly dayOf: DayOf }) {
  const { upTo } = walk(story, dayOf);
  let band = closeOf(story, cards, first - 1, dayOf);
  return Array.from({ length: closed - first + 1 }, (_, place) => {
    const sheet = upTo(first + place);
    const card = cardFor(cards, sheet);
    const weighing = weigh(sheet, card, first + place);
    band = bandOf(weighing, band, card);
    return { score: band === 'unknown' ? null : weighing.score, band, card: { id: card.id, version: card.version } };
  });
}

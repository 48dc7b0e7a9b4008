import type { FactSheet } from '../fact-sheet.js';
import type { Band } from '../score/band.js';
import { CEILING, type Hundredths } from '../score/score-health.js';
import { weigh, type Weighing } from '../score/weigh.js';
import { cardFor, type Cards } from '../cards/cards.js';
import { lower, pointsWords, sentence } from '../words.js';
import { both, type Both } from './both-ways.js';

/** A customer whom the draft sees otherwise, on the last day. Figures are hundredths while they are counted, points where they are told. */
export interface Mover extends Both<{ readonly score: number; readonly band: Band }> {
  readonly customer: string;
  readonly name: string | null;
  /** Draft less published; the measures' points sum to it. */
  readonly points: number;
  /** By measure what it costs less than before (`ceiling` also; `bounds`: where groups start and end), what moved most first. */
  readonly measures: readonly { readonly id: string; readonly label: string; readonly points: number }[];
  readonly say: string;
}

/** What belongs to no measure. */
const BOUNDS = 'bounds';
const MOST = 25;
const TOLD = 3;

/** The biggest movers of all that were looked at, the biggest first. */
export class Movers {
  constructor(private readonly list: Mover[] = []) {}

  /** Whether somebody who moves so far may be among them. */
  mayHold(points: Hundredths): boolean {
    return points !== 0 && (this.list.length < MOST || Math.abs(points) >= Math.abs(this.list.at(-1)!.points));
  }

  add(...movers: readonly Mover[]): void {
    this.list.push(...movers);
    this.list.sort((a, b) => Math.abs(b.points) - Math.abs(a.points) || (a.customer < b.customer ? -1 : 1));
    this.list.length = Math.min(this.list.length, MOST);
  }

  get all(): readonly Mover[] {
    return this.list;
  }
}

/** What moves a customer, worked out anew with all that explains it. */
export function moverOf(sheet: FactSheet, cards: Both<Cards>, { day, bands, ...who }: { readonly customer: string; readonly name: string | null; readonly day: number; readonly bands: Both<Band> }): Mover {
  const { published, draft } = both(cards, (one) => weigh(sheet, cardFor(one, sheet), day));
  const labels = new Map([...[published, draft].flatMap(({ card }) => card.measures.map(({ id, label }) => [id, label] as const)), [CEILING, 'The ceiling on the score'], [BOUNDS, 'Where groups start and end']]);
  const measures = [...costsLess(published, draft)].filter(([, points]) => points !== 0)
    .map(([id, points]) => ({ id, label: labels.get(id)!, points })).sort((a, b) => Math.abs(b.points) - Math.abs(a.points) || (a.id < b.id ? -1 : 1));
  const points = draft.score! - published.score!;
  return {
    ...who, points, measures, published: sideOf(published, bands.published), draft: sideOf(draft, bands.draft), say: sayMover(points, measures, bands),
  };
}

/**
 * What each measure costs less. A measure that is fine costs nothing under either card, however its weight differs: so it is not what moves somebody. What is left,
 * so that it sums to the difference, is what groups begin with and are bounded by.
 */
function costsLess(before: Weighing, after: Weighing): Map<string, number> {
  const moved = new Map<string, number>();
  const count = (id: string, points: number) => moved.set(id, (moved.get(id) ?? 0) + points);
  for (const [{ measures, extras, held }, sign] of [[before, -1], [after, 1]] as const) {
    for (const { measure, points, maxPoints } of measures) {
      count(measure.id, sign * (points - maxPoints));
      count(BOUNDS, sign * maxPoints);
    }
    for (const { points } of extras) count(BOUNDS, sign * points);
    if (held) count(CEILING, -sign * held.cut);
  }
  return moved;
}

const sideOf = ({ score }: Weighing, band: Band) => ({ score: score!, band });

const WORDS: Readonly<Record<Band, string>> = { 'healthy': 'healthy', 'watch': 'watch', 'at-risk': 'at risk', 'unknown': 'unknown' };

/** "12 points lower under the draft, watch in place of healthy, by what these cost: answers of users (11 points more), silence (2 points more)." Only what moves it that way. */
function sayMover(points: Hundredths, measures: Mover['measures'], bands: Both<Band>): string {
  const turned = bands.published === bands.draft ? '' : `, ${WORDS[bands.draft]} in place of ${WORDS[bands.published]}`;
  const why = measures.filter((one) => one.points > 0 === points > 0).slice(0, TOLD).map(({ label, points: moved }) => `${lower(label)} (${pointsWords(moved)} ${moved > 0 ? 'less' : 'more'})`);
  return sentence(`${pointsWords(points)} ${points > 0 ? 'higher' : 'lower'} under the draft${turned}, by what these cost: ${why.join(', ')}`);
}

import type { Card } from '../cards/card.js';
import type { Steps } from '../churn/models/steps.js';
import { leafOf, placeIn } from '../score/weigh.js';
import type { Leaf } from '../score/sum-up.js';
import { treeOf } from '../score/tree.js';
import type { CardRows } from './card-rows.js';

const { isNaN } = Number;

/** What is known of every measure of the card in one row. */
export function leavesOf({ values }: CardRows, card: Card, row: number): (Leaf | null)[] {
  const { adds } = treeOf(card);
  return card.measures.map((measure, place) => leafOf(valueAt(values[place]!.at(row)), measure, adds[place]!));
}

const valueAt = (value: number): number | null => (isNaN(value) ? null : value);

/** By place on the card, how bad each measure is in each of some rows, from 0 to 1; NaN where it is unknown and the card leaves its share to the rest. */
export function* badnessIn(rows: CardRows, chosen: Int32Array): Steps<Float64Array[]> {
  const { adds } = treeOf(rows.card);
  const columns: Float64Array[] = [];
  for (const [place, measure] of rows.card.measures.entries()) {
    yield { of: 'measures', done: place, all: rows.card.measures.length };
    columns.push(Float64Array.from(chosen, (row) => {
      const leaf = leafOf(valueAt(rows.values[place]!.at(row)), measure, adds[place]!);
      return leaf ? 1 - (adds[place] ? placeIn(leaf.quality, measure) : leaf.quality) : NaN;
    }));
  }
  return columns;
}

/** In so many rows it is said how bad it is. */
export const saidIn = (column: Float64Array): number => column.reduce((count, badness) => count + Number(!isNaN(badness)), 0);

/** With the mean of what is said in place of what is not, so that it tells nothing. */
export function withMean(column: Float64Array): Float64Array {
  const said = saidIn(column);
  const mean = said === 0 ? 0 : column.reduce((sum, badness) => (isNaN(badness) ? sum : sum + badness), 0) / said;
  return column.map((badness) => (isNaN(badness) ? mean : badness));
}

/** How many times as much a known measure counts for as its share of the whole says, in the mean of the rows: what is unknown leaves its share to it. */
export function swelling(columns: readonly Float64Array[], shares: readonly number[]): number {
  const whole = shares.reduce((sum, share) => sum + share, 0);
  let [times, rows] = [0, 0];
  for (let row = 0; row < (columns[0]?.length ?? 0); row++) {
    const known = shares.reduce((sum, share, place) => (isNaN(columns[place]![row]!) ? sum : sum + share), 0);
    if (known === 0) continue;
    times += whole / known;
    rows += 1;
  }
  return rows === 0 ? 1 : times / rows;
}

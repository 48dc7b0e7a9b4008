import type { Card } from '../cards/card.js';
import type { Steps } from '../churn/models/steps.js';
import { leafOf, placeIn } from '../score/weigh.js';
import type { Leaf } from '../score/sum-up.js';
import { treeOf } from '../score/tree.js';
import type { CardRows } from './card-rows.js';

/** What is known of every measure of the card in one row. */
export function leavesOf({ values }: CardRows, card: Card, row: number): (Leaf | null)[] {
  const { adds } = treeOf(card);
  return card.measures.map((measure, place) => leafOf(valueAt(values[place]!.at(row)), measure, adds[place]!));
}

const valueAt = (value: number): number | null => (Number.isNaN(value) ? null : value);

/** How bad a measure is in each of some rows, from 0 to 1. */
export interface Badness {
  readonly column: Float64Array;
  /** In so many rows the card says how bad it is. */
  readonly said: number;
}

/** By place on the card. While a measure is unknown it is what the card counts it as; where the card leaves its share to the rest, it is the mean of the rows in which it is known, so that it tells nothing. */
export function* badnessIn(rows: CardRows, chosen: Int32Array): Steps<Badness[]> {
  const { adds } = treeOf(rows.card);
  const found: Badness[] = [];
  for (const [place, measure] of rows.card.measures.entries()) {
    yield { of: 'measures', done: place, all: rows.card.measures.length };
    const column = new Float64Array(chosen.length);
    let [sum, said] = [0, 0];
    for (let at = 0; at < chosen.length; at++) {
      const leaf = leafOf(valueAt(rows.values[place]!.at(chosen[at]!)), measure, adds[place]!);
      column[at] = leaf ? 1 - (adds[place] ? placeIn(leaf.quality, measure) : leaf.quality) : NaN;
      if (!leaf) continue;
      sum += column[at]!;
      said += 1;
    }
    const mean = said > 0 ? sum / said : 0;
    found.push({ column: column.map((badness) => (Number.isNaN(badness) ? mean : badness)), said });
  }
  return found;
}

import type { Card, CardMeasure } from '../cards/card.js';
import type { Leaf } from '../score/sum-up.js';
import { type Figures, figuresOf, leafOf } from '../score/weigh.js';
import { treeOf } from '../score/tree.js';
import type { SignalName } from '../signals/all.js';
import type { Read } from './readings.js';

/** Scores one customer by one card, day after day: what is as it was is not worked out again. */
export class Scorer {
  private readonly adds: readonly boolean[];
  private readonly values: (number | null | undefined)[];
  private readonly leaves: (Leaf | null)[];
  private figures: Figures | undefined;

  constructor(private readonly card: Card) {
    this.adds = treeOf(card).adds;
    this.values = card.measures.map(() => undefined);
    this.leaves = card.measures.map(() => null);
  }

  /** The same score and coverage as `weigh`. */
  score(readings: (signal: SignalName) => Read): Pick<Figures, 'score' | 'coverage'> {
    const { measures } = this.card;
    let isAsBefore = this.figures !== undefined;
    for (let place = 0; place < measures.length; place++) {
      const measure = measures[place]!;
      const value = freshValue(readings(measure.signal), measure);
      if (value === this.values[place]) continue;
      this.values[place] = value;
      const leaf = leafOf(value, measure, this.adds[place]!);
      const before = this.leaves[place]!;
      if (leaf?.quality === before?.quality && leaf?.known === before?.known) continue;
      this.leaves[place] = leaf;
      isAsBefore = false;
    }
    return isAsBefore ? this.figures! : (this.figures = figuresOf(this.card, this.leaves));
  }
}

function freshValue(reading: Read, { staleAfter }: CardMeasure): number | null {
  return 'missing' in reading || (staleAfter !== null && reading.age > staleAfter) ? null : reading.value;
}

import { randomOf } from './random.js';
import type { Numbers } from './ranking.js';

/** Places of the rows to learn from and of those to judge by. */
export interface Fold {
  readonly train: Uint32Array;
  readonly test: Uint32Array;
}

/** For rows without time: `count` folds, each with its share of the leavers. The same seed gives the same folds. */
export function stratifiedFolds(labels: Numbers, count: number, seed: number): Fold[] {
  const random = randomOf(seed);
  const foldOf = new Uint32Array(labels.length);
  let dealt = 0;
  for (const label of [1, 0]) {
    const rows = placesWhere(labels.length, (row) => labels[row] === label);
    // Fisher and Yates; then dealt out like cards, and on where the last label stopped.
    for (let left = rows.length; left > 1; left--) {
      const drawn = random.below(left);
      [rows[left - 1], rows[drawn]] = [rows[drawn]!, rows[left - 1]!];
    }
    for (const row of rows) foldOf[row] = dealt++ % count;
  }
  return Array.from({ length: count }, (_, fold) => ({
    train: placesWhere(labels.length, (row) => foldOf[row] !== fold),
    test: placesWhere(labels.length, (row) => foldOf[row] === fold),
  }));
}

function placesWhere(count: number, isWanted: (row: number) => boolean): Uint32Array {
  const places = new Uint32Array(count);
  let found = 0;
  for (let row = 0; row < count; row++) if (isWanted(row)) places[found++] = row;
  return places.slice(0, found);
}

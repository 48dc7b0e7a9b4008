import { randomOf } from './random.js';
import type { Numbers } from './ranking.js';

/** Places of the rows to learn from and of those to judge by. */
export interface Fold {
  readonly train: Uint32Array;
  readonly test: Uint32Array;
}

export interface DatedRows {
  /** The day at whose close each row was taken. */
  readonly days: Numbers;
  /** The day at whose close its label was known for good: day + gap + horizon, or later. */
  readonly knownOn: Numbers;
}

export interface RollingWindow {
  /** First days of the stretches to judge by, ascending; each lasts until the next begins. */
  readonly starts: readonly number[];
  /** Last day of the last stretch. */
  readonly until: number;
  /** Only rows of so many days before the stretch are learnt from; left out: all. */
  readonly lookBack?: number;
}

/**
 * Rolling origin: each stretch is judged by what could be learnt at the close of its first day, so of a row that is learnt from the whole label lies before every prediction.
 * Stretches with nothing to learn from or nothing to judge by are left out.
 */
export function rollingOrigin({ days, knownOn }: DatedRows, { starts, until, lookBack = Infinity }: RollingWindow): Fold[] {
  return starts.map((start, place) => {
    const end = Math.min(until, (starts[place + 1] ?? Infinity) - 1);
    return {
      train: placesWhere(days.length, (row) => knownOn[row]! <= start && days[row]! < start && days[row]! >= start - lookBack),
      test: placesWhere(days.length, (row) => days[row]! >= start && days[row]! <= end),
    };
  }).filter(({ train, test }) => train.length > 0 && test.length > 0);
}

/** The starts of the last `folds` stretches of `width` days of rows each, as far as there are so many. */
export function lastStarts(days: Numbers, folds: number, width: number): number[] {
  const each = [...new Set(Array.from(days))].sort((a, b) => a - b);
  return Array.from({ length: folds }, (_, fold) => each[each.length - (folds - fold) * width]).filter((day) => day !== undefined);
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

import type { Steps } from './steps.js';
import type { Table } from './table.js';

/** Rows in a block: its standardised values stay in the processor's cache. */
const BLOCK = 1_024;
/** Multiplications between two reports of progress: some ten milliseconds. */
const REPORT = 1e7;

interface Block {
  /** The column of ones for the intercept, then each column, as (value - mean) / deviation. */
  readonly values: readonly Float64Array[];
  readonly labels: Uint8Array;
  readonly count: number;
  readonly start: number;
}

/** A table's rows with every column at mean 0 and deviation 1, block by block; a column of one value is 0 throughout. */
export interface Standardised {
  readonly means: readonly number[];
  readonly deviations: readonly number[];
  readonly rows: number;
  /** Room for a number by row of a block. */
  vector(): Float64Array;
  /** Does something with every block; `work` is about how many multiplications that takes by row. */
  inBlocks(of: string, work: number, each: (block: Block) => void): Steps<void>;
  /** The log-odds of a block's rows; what the last call gave is written over. */
  logOdds(block: readonly Float64Array[], count: number, point: readonly number[]): Float64Array;
}

export function* standardised({ columns, labels }: Table): Steps<Standardised> {
  const [means, deviations]: [number[], number[]] = [[], []];
  for (const [place, column] of columns.entries()) {
    if (column.length > BLOCK) yield { of: 'columns', done: place, all: columns.length };
    const mean = meanOf(column);
    means.push(mean);
    deviations.push(deviationOf(column, mean));
  }
  const values = [new Float64Array(BLOCK).fill(1), ...columns.map(() => new Float64Array(BLOCK))];
  const found = new Float64Array(BLOCK);
  return {
    means,
    deviations,
    rows: labels.length,
    vector: () => new Float64Array(BLOCK),
    *inBlocks(of, work, each) {
      let done = 0;
      for (let start = 0; start < labels.length; start += BLOCK) {
        const count = Math.min(BLOCK, labels.length - start);
        columns.forEach((column, place) => {
          const [mine, mean, deviation] = [values[place + 1]!, means[place]!, deviations[place]!];
          for (let row = 0; row < count; row++) mine[row] = (column[start + row]! - mean) / deviation;
        });
        each({ values, labels: labels.subarray(start, start + count), count, start });
        done += count * work;
        if (done < REPORT) continue;
        done = 0;
        yield { of, done: start + count, all: labels.length };
      }
    },
    logOdds(block, count, point) {
      found.fill(0);
      block.forEach((column, place) => {
        const factor = point[place]!;
        for (let row = 0; row < count; row++) found[row]! += factor * column[row]!;
      });
      return found;
    },
  };
}

export function meanOf(column: Float64Array): number {
  let sum = 0;
  for (const value of column) sum += value;
  return sum / column.length;
}

/** A column whose spread is only rounding counts as one of a single value. */
export function deviationOf(column: Float64Array, mean: number): number {
  let sum = 0;
  for (const value of column) sum += (value - mean) ** 2;
  const found = Math.sqrt(sum / column.length);
  return found > 1e-12 * Math.abs(mean) ? found : 1;
}

import { checkNumbers } from './table.js';

/** A chance that never falls as log-odds rise: straight between the points, flat beyond them. */
export interface Isotonic {
  readonly logOdds: readonly number[];
  readonly chances: readonly number[];
}

interface Pool {
  readonly rows: number;
  readonly logOdds: number;
  readonly ones: number;
}

/**
 * Isotonic regression by pooling adjacent violators, on rows that the model was not fitted to. Each pool is one point, at the mean of its log-odds
 * (centred isotonic regression; Oron, Flournoy, 2017), so that few rows get the same chance.
 */
export function fitIsotonic(logOdds: Float64Array, labels: Uint8Array): Isotonic {
  checkNumbers(logOdds, 'log-odds');
  if (logOdds.length !== labels.length || labels.length === 0) throw new RangeError(`${logOdds.length} log-odds for ${labels.length} labels`);
  const order = Array.from(labels.keys()).sort((one, other) => logOdds[one]! - logOdds[other]!);
  const pools: Pool[] = [];
  let last = Number.NaN;
  for (const row of order) {
    const value = logOdds[row]!;
    const equal = value === last;
    last = value;
    pools.push({ rows: 1, logOdds: value, ones: labels[row]! });
    // Equal log-odds have one chance, and a lower chance than before is no chance of its own.
    if (equal) merge(pools);
    while (pools.length > 1 && !rises(pools.at(-2)!, pools.at(-1)!)) merge(pools);
  }
  return { logOdds: pools.map((pool) => pool.logOdds / pool.rows), chances: pools.map(({ ones, rows }) => ones / rows) };
}

const rises = (one: Pool, next: Pool): boolean => one.ones * next.rows < next.ones * one.rows;

function merge(pools: Pool[]): void {
  const next = pools.pop()!;
  const one = pools.pop()!;
  pools.push({ rows: one.rows + next.rows, logOdds: one.logOdds + next.logOdds, ones: one.ones + next.ones });
}

export function isotonicChance({ logOdds, chances }: Isotonic, value: number): number {
  const next = logOdds.findIndex((edge) => value <= edge);
  if (next <= 0) return chances.at(next)!;
  const [from, to, low, high] = [logOdds[next - 1]!, logOdds[next]!, chances[next - 1]!, chances[next]!];
  return Math.min(high, low + (high - low) * ((value - from) / (to - from)));
}

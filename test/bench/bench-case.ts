/** One way to do a piece of work: does it once and says how much it did, in the case's unit. */
export type Run = () => Promise<number>;

/** A figure and the limit it is held against: the same work on a bare table, done by plain `pg` in the same run. */
export interface BenchCase {
  readonly name: string;
  /** What a run returns, such as `events/s`. Higher is better, unless `lowerIsBetter`. */
  readonly unit: string;
  readonly lowerIsBetter?: true;
  /** What the limit is made of, in a few words. */
  readonly limitIs: string;
  readonly aim: number;
  prepare(): Promise<{ readonly ours: Run; readonly limit: Run }>;
  /** Stops what `prepare` has started. */
  end?(): Promise<void>;
}

export interface Figure {
  readonly name: string;
  readonly ours: number;
  readonly limit: number;
  readonly unit: string;
  /** Ours by limit; above 1 is better than the limit. */
  readonly ratio: number;
}

/** Runs ours and the limit in turn, so that both meet the same machine, and takes the median of each. */
export async function measure(bench: BenchCase, rounds: number, progress: (done: number) => void): Promise<Figure> {
  const { ours, limit } = await bench.prepare();
  await ours();
  await limit();
  const figures = { ours: [] as number[], limit: [] as number[] };
  for (let round = 0; round < rounds; round++) {
    for (const [side, run] of round % 2 === 0 ? [['ours', ours], ['limit', limit]] as const : [['limit', limit], ['ours', ours]] as const) figures[side].push(await run());
    progress(round + 1);
  }
  await bench.end?.();
  const [mine, best] = [median(figures.ours), median(figures.limit)];
  return { name: bench.name, ours: mine, limit: best, unit: bench.unit, ratio: bench.lowerIsBetter ? best / mine : mine / best };
}

export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = Math.floor(sorted.length / 2);
  return sorted.length % 2 === 1 ? sorted[middle]! : (sorted[middle - 1]! + sorted[middle]!) / 2;
}

/** Units of work by the second. */
export async function perSecond(work: () => Promise<number>): Promise<number> {
  const start = performance.now();
  const done = await work();
  return done / ((performance.now() - start) / 1_000);
}

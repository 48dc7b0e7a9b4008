import { loadavg } from 'node:os';

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
  /** Processes on both sides, the server's own beside. Left out: one Node process each. */
  readonly processes?: string;
  /** The ratio that is wanted; left out where only the figure is. */
  readonly aim?: number;
  prepare(): Promise<Sides>;
  /** Stops what `prepare` has started. */
  end?(): Promise<void>;
}

export interface Sides {
  readonly ours: Run;
  readonly limit: Run;
  /** Another way to do the limit's work, measured in turn with both. */
  readonly also?: { readonly is: string; readonly run: Run };
}

export interface Figure {
  readonly name: string;
  readonly ours: number;
  readonly limit: number;
  readonly unit: string;
  /** Ours by limit; above 1 is better than the limit. */
  readonly ratio: number;
  readonly processes: string;
  readonly also?: { readonly is: string; readonly figure: number };
  /** Of the machine in the last minute, when the case had been measured. */
  readonly load: number;
}

/** Runs ours and the limit in turn, so that both meet the same machine, and takes the median of each. */
export async function measure(bench: BenchCase, rounds: number, progress: (done: number) => void): Promise<Figure> {
  const { ours, limit, also } = await bench.prepare();
  const sides = [ours, limit, ...(also ? [also.run] : [])].map((run) => ({ run, figures: [] as number[] }));
  for (const { run } of sides) await run();
  for (let round = 0; round < rounds; round++) {
    for (const { run, figures } of round % 2 === 0 ? sides : [...sides].reverse()) figures.push(await run());
    progress(round + 1);
  }
  await bench.end?.();
  const [mine, best, other] = sides.map(({ figures }) => median(figures)) as [number, number, number?];
  return {
    name: bench.name, ours: mine, limit: best, unit: bench.unit, ratio: bench.lowerIsBetter ? best / mine : mine / best,
    processes: bench.processes ?? 'one Node process each', ...(also ? { also: { is: also.is, figure: other! } } : {}), load: loadavg()[0]!,
  };
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

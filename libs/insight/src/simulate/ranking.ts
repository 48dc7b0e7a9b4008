import type { Steps } from '../churn/models/steps.js';
import { rocAucWithin } from '../churn/proof/auc.js';
import { difference, type Estimate, intervals, type Sample } from '../churn/proof/bootstrap.js';
import { liftWithin } from '../churn/proof/lift.js';
import type { Both } from './both-ways.js';
import type { RankedRow } from './tally.js';

/** How well both rank, among customers of the same month's end, who gives notice within 90 days. */
export interface Ranking {
  readonly rows: number;
  readonly leavers: number;
  /** Parent accounts: what is resampled. */
  readonly accounts: number;
  readonly figures: readonly (Both<Estimate> & {
    readonly name: 'auc' | 'lift10';
    /** Draft less published, resample by resample. */
    readonly ahead: Estimate;
  })[];
}

const TIMES = 200;
const SEED = 1;

const STATISTICS = {
  auc: ({ chances, labels, days }: Sample) => rocAucWithin(chances, labels, days!),
  lift10: ({ chances, labels, days }: Sample) => liftWithin(chances, labels, days!, 0.1),
};

/** From rows in the order of days and customers. */
export function* rankingOf(rows: readonly RankedRow[]): Steps<Ranking> {
  const accounts = [...new Set(rows.map(({ cluster }) => cluster))].sort();
  const numbers = new Map(accounts.map((cluster, number) => [cluster, number]));
  const resampling = { clusters: Int32Array.from(rows, ({ cluster }) => numbers.get(cluster)!), seed: SEED, times: TIMES };
  const labels = Uint8Array.from(rows, ({ left }) => left);
  const [days, amounts] = [Int32Array.from(rows, ({ day }) => day), new Uint8Array(rows.length)];
  // Of two scores the lower one is called first.
  const sampleOf = (side: keyof Both<unknown>): Sample => ({ chances: Int32Array.from(rows, (row) => -row[side]), labels, amounts, days });
  const published = yield* intervals(sampleOf('published'), STATISTICS, resampling);
  const draft = yield* intervals(sampleOf('draft'), STATISTICS, resampling);
  return {
    rows: rows.length, leavers: labels.reduce((sum, left) => sum + left, 0), accounts: accounts.length,
    figures: (['auc', 'lift10'] as const).map((name) => ({ name, published: toldOf(published[name]), draft: toldOf(draft[name]), ahead: difference(draft[name], published[name]) })),
  };
}

const toldOf = ({ value, low, high }: Estimate): Estimate => ({ value, low, high });

import type { Ranking } from '../simulate/ranking.js';
import { plural } from '../words.js';
import { decimalsOf, type Pool } from './pools.js';
import type { ProposedWeight, WeightProposal } from './propose-weights.js';
import type { Interval } from './weight-intervals.js';

/** Whether a score with such weights ranks better who leaves, as far as the interval of the difference can tell. */
export type Verdict = 'better' | 'worse' | 'no better' | 'not tried';

export function verdictOf(ranking: Ranking | null): Verdict {
  const ahead = ranking?.figures.find(({ name }) => name === 'auc')?.ahead;
  if (!ahead || ahead.low === null || ahead.high === null) return 'not tried';
  return ahead.low > 0 ? 'better' : ahead.high < 0 ? 'worse' : 'no better';
}

/** With the decimals of the pool's weights. */
export function roundedTo(sum: number, { low, high }: Interval): Interval {
  const decimals = decimalsOf(sum);
  return { low: Number(low.toFixed(decimals)), high: Number(high.toFixed(decimals)) };
}

interface About {
  /** Whether outcomes had a say in it. */
  readonly learnt: boolean;
  readonly pool: Pool | undefined;
  readonly effect: number | undefined;
}

/** What became of one weight, and why. */
export function sayWeight({ was, proposed, low, high }: Omit<ProposedWeight, 'measure' | 'say'>, { learnt, pool, effect }: About): string {
  if (!pool) return 'As it is: in a group that adds up, or counts its worst, the weight counts for the coverage only.';
  if (!learnt) return effect === undefined ? 'As it is: it is hardly known, or hardly differs, so outcomes tell nothing of it.' : 'As it is: there is nothing to share its weight with.';
  if (proposed === 0) return 'No weight: other things being equal, those of whom it is bad leave no more often.';
  if (was >= low && was <= high) return 'As good as it is: the present weight lies in the interval.';
  return proposed > was ? 'More: bad values of it go with leaving more than its weight says.' : 'Less: bad values of it go with leaving less than its weight says.';
}

/** What the proposal comes to, in two sentences. */
export function sayProposal({ rows, departures, priorDepartures, weights, ranking, verdict }: Pick<WeightProposal, 'rows' | 'departures' | 'priorDepartures' | 'weights' | 'ranking' | 'verdict'>): string {
  const clear = weights.filter(({ was, low, high }) => was < low || was > high).length;
  const learnt = `From ${departures} departures in ${rows} rows, beside present weights that count as much as ${plural(priorDepartures, 'departure')}: ${clear === 0 ? 'no weight is clearly another' : clear === 1 ? 'one weight is clearly another' : `${clear} weights are clearly others`}.`;
  return `${learnt} ${sayVerdict(verdict, ranking)}`;
}

function sayVerdict(verdict: Verdict, ranking: Ranking | null): string {
  if (verdict === 'not tried' || !ranking) return 'Whether a score with such weights ranks better cannot be told.';
  const { published, draft, ahead } = ranking.figures.find(({ name }) => name === 'auc')!;
  const ranks = { 'better': 'better', 'worse': 'worse', 'no better': 'no better' }[verdict];
  return `On time that had not been seen, a score with such weights ranks who leaves ${ranks}: AUC ${auc(draft.value)} in place of ${auc(published.value)}, ${signed(ahead.value)} (95 % from ${signed(ahead.low)} to ${signed(ahead.high)}).`;
}

const auc = (value: number | null): string => (value === null ? 'unknown' : value.toFixed(3));
const signed = (value: number | null): string => (value === null ? 'unknown' : `${value < 0 ? '-' : '+'}${Math.abs(value).toFixed(3)}`);

import type { Card } from '../cards/card.js';
import { clustersOf } from '../churn/model/fit.js';
import type { Known } from '../churn/model/known-rows.js';
import { TooLittleToLearn } from '../churn/model/train.js';
import type { Steps } from '../churn/models/steps.js';
import { HEADLINE } from '../churn/risk/at-risk.js';
import type { Ranking } from '../simulate/ranking.js';
import type { CardRows } from './card-rows.js';
import { effectsOf, fitWeights } from './fit-weights.js';
import { poolsOf, roundedWeights, weightsFrom, withWeights } from './pools.js';
import { roundedTo, sayProposal, sayWeight, type Verdict, verdictOf } from './say-proposal.js';
import { tryWeights } from './try-weights.js';
import { weightIntervals } from './weight-intervals.js';

/** One measure's weight: as it is, as outcomes would have it, and the 95 % interval of that. */
export interface ProposedWeight {
  readonly measure: string;
  readonly was: number;
  readonly proposed: number;
  readonly low: number;
  readonly high: number;
  readonly say: string;
}

/** Weights that outcomes propose for a card, and what speaks for them. */
export interface WeightProposal {
  readonly horizonDays: number;
  readonly seed: number;
  /** Customers at month ends, of whom so many left within the horizon; they are of so many customers who left. */
  readonly rows: number;
  readonly leavers: number;
  readonly departures: number;
  /** So many departures would count as much as the present weights. */
  readonly priorDepartures: number;
  readonly weights: readonly ProposedWeight[];
  /** Out of time, of the present score (`published`) and of one with weights such as these (`draft`); null where that cannot be told. */
  readonly ranking: Ranking | null;
  readonly verdict: Verdict;
  readonly say: string;
  /** The card with these weights. */
  readonly card: Card;
}

/** From fewer departures nothing is proposed. */
const LEAST_DEPARTURES = 20;
const TIMES = 400;

/**
 * Weights for the card of the rows, learnt from who left within 90 days. Of each measure as much is believed of its present weight as `priorDepartures` departures would
 * tell, and from there outcomes move it. What sums up stays: the measures of one mean share what they shared before, and groups with a weight of their own keep it. The
 * same rows, in any order, and seed make the same bytes. @throws TooLittleToLearn
 */
export function* proposeWeights(rows: CardRows, { seed }: { readonly seed: number }): Steps<WeightProposal> {
  const { card } = rows;
  const known = rows.known({ before: Infinity, day: rows.options.knownUntil });
  if (known.departures < LEAST_DEPARTURES || known.leavers === known.rows.length) throw new TooLittleToLearn(saysTooLittle(rows, known));
  const pools = poolsOf(card);
  const fit = yield* fitWeights(rows, known, pools);
  const effects = effectsOf(fit, fit.point);
  const weightsOf = (point: readonly number[]) => weightsFrom(card, pools, effectsOf(fit, point));
  const proposed = roundedWeights(card, pools, weightsOf(fit.point));
  const intervals = yield* weightIntervals(fit, { clusters: clustersOf(rows, known.rows), seed, times: TIMES, weightsOf });
  const weights = card.measures.map(({ id, weight }, place): ProposedWeight => {
    const pool = pools.find(({ places }) => places.includes(place));
    const learnt = pool !== undefined && effects[place] !== undefined && pool.places.filter((other) => effects[other] !== undefined).length > 1;
    const told = { was: weight, proposed: proposed[place]!, ...roundedTo(pool?.sum ?? 1, learnt ? intervals[place]! : { low: weight, high: weight }) };
    return { measure: id, ...told, say: sayWeight(told, { learnt, pool, effect: effects[place] }) };
  });
  const ranking = weights.every(({ was, proposed: now }) => was === now) ? null : yield* tryWeights(rows, pools);
  const verdict = verdictOf(ranking);
  const counts = { rows: known.rows.length, leavers: known.leavers, departures: known.departures, priorDepartures: Math.max(1, Math.round(fit.priorDepartures)) };
  return { horizonDays: HEADLINE, seed, ...counts, weights, ranking, verdict, say: sayProposal({ ...counts, weights, ranking, verdict }), card: withWeights(card, proposed) };
}

function saysTooLittle({ size }: CardRows, { departures, rows }: Known): string {
  return `There are ${size} rows, of ${rows.length} it is known whether notice came within ${HEADLINE} days, and ${departures} customers gave it: at least ${LEAST_DEPARTURES} are needed, and some who stayed. Take a longer window, or import how subscriptions ended.`;
}

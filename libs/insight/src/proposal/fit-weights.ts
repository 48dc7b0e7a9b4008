import { penalised, likelihood, fitLogistic } from '../churn/models/logistic.js';
import type { Summit } from '../churn/models/newton.js';
import { deviationOf, meanOf, type Standardised, standardised } from '../churn/models/standardised.js';
import type { Steps } from '../churn/models/steps.js';
import { logit } from '../churn/models/table.js';
import type { Known } from '../churn/model/known-rows.js';
import { EFFECT_OF_ALL_POINTS } from '../churn/model/prior.js';
import { badnessIn, saidIn, swelling, withMean } from './badness.js';
import { climbBounded } from './bounded.js';
import type { CardRows } from './card-rows.js';
import { type Pool, pooledShares } from './pools.js';

/** A score of 100 points less adds as much to the log-odds of leaving as the churn prior says, give or take half of it (a standard deviation), and not less than this. */
const LEAST_EFFECT = 1;
/** A weight is believed to be right within so much of itself (a standard deviation), or of an average weight where that is more. */
export const DOUBT = 0.5;
/** Bad values of what the card says in fewer rows, or of what is nearly always the same, teach nothing. */
const LEAST_ROWS = 20;
const LEAST_DEVIATION = 1e-6;

/** What outcomes teach of the weights. Variables are the intercept and an effect per standardised column. */
export interface WeightsFit extends Summit {
  readonly rows: Standardised;
  /** Places on the card of the columns. */
  readonly places: readonly number[];
  readonly pulls: readonly number[];
  readonly centre: readonly number[];
  /** How many rows tell of one departure. */
  readonly repeats: number;
  /** So many departures tell as much of a weight as is believed of it before; of the middle one of the weights. */
  readonly priorDepartures: number;
}

/**
 * A logistic model of leaving by how bad each measure is, with effects of 0 or more, pulled towards effects that are to each other as the present weights are. Measures
 * of no pool are in it with a weight of nothing, so that what they tell is not put down to others.
 */
export function* fitWeights(rows: CardRows, known: Known, pools: readonly Pool[]): Steps<WeightsFit> {
  const told = yield* badnessIn(rows, known.rows);
  const columns = told.map(withMean);
  const deviations = columns.map((column) => deviationOf(column, meanOf(column)));
  const places = [...columns.keys()].filter((place) => saidIn(told[place]!) >= LEAST_ROWS && isSpread(columns[place]!, deviations[place]!));
  const plain = pooledShares(rows.card, pools);
  const more = swelling(told, plain);
  const shares = plain.map((share) => share * more);
  const repeats = known.leavers / known.departures;
  const effect = yield* effectOfScore(columns, shares, known, repeats);
  const pooled = places.filter((place) => shares[place]! > 0);
  const average = pooled.reduce((sum, place) => sum + shares[place]!, 0) / Math.max(1, pooled.length);
  const pulls = [0, ...places.map((place) => repeats / (DOUBT * effect * Math.max(shares[place]!, average || 1) * deviations[place]!) ** 2)];
  const centre = [0, ...places.map((place) => effect * shares[place]! * deviations[place]!)];
  const table = yield* standardised({ columns: places.map((place) => columns[place]!), labels: known.labels });
  const summit = yield* climbBounded(penalised(likelihood(table), pulls, centre), [logit(known.leavers / known.rows.length), ...centre.slice(1)]);
  const perDeparture = (at: number) => (summit.curvature[at]![at]! - pulls[at]!) / known.departures;
  const strengths = places.flatMap((place, at) => (shares[place]! > 0 ? [pulls[at + 1]! / perDeparture(at + 1)] : [])).sort((a, b) => a - b);
  return { ...summit, rows: table, places, pulls, centre, repeats, priorDepartures: strengths[strengths.length >> 1] ?? 0 };
}

/** By place on the card, per full badness; undefined where nothing is learnt of a measure. */
export function effectsOf({ rows: { deviations }, places }: Pick<WeightsFit, 'rows' | 'places'>, point: readonly number[]): (number | undefined)[] {
  const effects: (number | undefined)[] = [];
  places.forEach((place, at) => { effects[place] = point[at + 1]! / deviations[at]!; });
  return effects;
}

/** `deviationOf` says 1 of what does not differ. */
const isSpread = (column: Float64Array, deviation: number): boolean => deviation > LEAST_DEVIATION && column.some((value) => value !== column[0]);

/** How much 100 points less of the present score add to the log-odds of leaving. */
function* effectOfScore(columns: readonly Float64Array[], shares: readonly number[], { labels }: Known, repeats: number): Steps<number> {
  const whole = Float64Array.from(labels, (_, row) => shares.reduce((sum, share, place) => (share > 0 ? sum + share * columns[place]![row]! : sum), 0));
  const deviation = deviationOf(whole, meanOf(whole));
  if (!isSpread(whole, deviation)) return EFFECT_OF_ALL_POINTS;
  const { coefficients } = yield* fitLogistic({ columns: [whole], labels }, { ridge: 1 / (0.5 * EFFECT_OF_ALL_POINTS * deviation) ** 2, centre: [EFFECT_OF_ALL_POINTS * deviation], repeats });
  return Math.max(LEAST_EFFECT, coefficients[0]! / deviation);
}

import { dayOfDate } from '../../day.js';
import type { ChurnRows } from '../history/churn-rows.js';
import type { Horizon } from '../history/horizon.js';
import { plattLogOdds } from '../models/calibration.js';
import type { Steps } from '../models/steps.js';
import { sigmoid } from '../models/table.js';
import { difference, intervals, type Resampled } from '../proof/bootstrap.js';
import { FIGURES } from '../proof/figures.js';
import type { ChurnModel } from './churn-model.js';
import { clustersOf } from './fit.js';
import { type OutOfTime, outOfTime, rawLogOdds } from './out-of-time.js';
import { priorChurnModel } from './prior.js';

interface Pair {
  readonly candidate: number | null;
  readonly current: number | null;
}

export interface HorizonComparison {
  readonly horizon: Horizon;
  readonly rows: number;
  readonly leavers: number;
  /** Less is better; `low` and `high`: 95 % interval of candidate less current, on the same resamples of parent accounts. */
  readonly logLoss: Pair & { readonly low: number | null; readonly high: number | null };
  readonly auc: Pair;
}

/** Two models on the same rows, of time that neither had seen. */
export interface ChurnComparison {
  readonly candidate: string;
  readonly current: string;
  readonly better: boolean;
  readonly says: string;
  readonly horizons: readonly HorizonComparison[];
}

const TIMES = 200;
const { logLoss, auc } = FIGURES;
/** The horizon that decides, or the first of these that can be told. */
const DECIDES: readonly Horizon[] = [90, 180, 30, 'renewal'];

/**
 * What each of two models would have foretold of the later half of the rows. The candidate is made anew for each stretch from what was known before it, as in its proof.
 * The current one speaks for itself of days after all that it has seen; of days before, one of its kind is made anew likewise, for it has seen what came of them.
 */
export function* compareChurn(rows: ChurnRows, candidate: ChurnModel, current: ChurnModel): Steps<ChurnComparison> {
  const horizons: HorizonComparison[] = [];
  for (const [place, horizon] of rows.options.horizons.entries()) {
    const foretold = yield* outOfTime(candidate.kind, rows, place);
    const before = foretold.rows.length === 0 ? null : yield* toldBy(current, rows, place, { foretold, kind: candidate.kind });
    if (before) horizons.push(yield* compared(rows, horizon, { foretold, before, seed: candidate.seed }));
  }
  const deciding = DECIDES.flatMap((horizon) => horizons.find((one) => one.horizon === horizon) ?? [])[0];
  const better = deciding !== undefined && isBetter(deciding, current.id === priorChurnModel.id);
  return { candidate: candidate.id, current: current.id, better, says: saysOf(deciding, better, current.id), horizons };
}

/** Log-odds of the same rows; null where the model says nothing of this horizon. */
function* toldBy(current: ChurnModel, rows: ChurnRows, place: number, { foretold, kind }: { foretold: OutOfTime; kind: ChurnModel['kind'] }): Steps<Float64Array | null> {
  const own = current.horizons.find(({ horizon }) => horizon === rows.options.horizons[place]);
  if (!own) return null;
  const seenUntil = current.window === null ? -Infinity : dayOfDate(current.window.knownUntil);
  const isSeen = (row: number) => rows.days.at(row) <= seenUntil;
  const again = !foretold.rows.some(isSeen) || current.kind === kind ? foretold : yield* outOfTime(current.kind, rows, place);
  const itself = rawLogOdds(own.model, own.columns, rows, foretold.rows);
  return Float64Array.from(foretold.rows, (row, at) => (isSeen(row) ? again.logOdds[at]! : plattLogOdds(own.calibration, itself[at]!)));
}

interface Sides {
  readonly foretold: OutOfTime;
  readonly before: Float64Array;
  readonly seed: number;
}

function* compared(rows: ChurnRows, horizon: Horizon, { foretold, before, seed }: Sides): Steps<HorizonComparison> {
  const { labels } = foretold;
  const resampling = { clusters: clustersOf(rows, foretold.rows), seed, times: TIMES };
  const judge = (logOdds: Float64Array): Steps<{ logLoss: Resampled; auc: Resampled }> => (
    intervals({ chances: logOdds.map(sigmoid), labels, amounts: new Float64Array(labels.length) }, { logLoss, auc }, resampling));
  const [one, other] = [yield* judge(foretold.logOdds), yield* judge(before)];
  const { low, high } = difference(one.logLoss, other.logLoss);
  return {
    horizon, rows: labels.length, leavers: labels.reduce((sum, label) => sum + label, 0),
    logLoss: { candidate: one.logLoss.value, current: other.logLoss.value, low, high }, auc: { candidate: one.auc.value, current: other.auc.value },
  };
}

/** Against assumptions it is enough to be less surprised and to rank better; against a model that has learnt, to be surely less surprised. */
function isBetter({ logLoss: loss, auc: rank }: HorizonComparison, isPrior: boolean): boolean {
  if (loss.candidate === null || loss.current === null || loss.candidate >= loss.current) return false;
  return isPrior ? (rank.candidate ?? 0) > (rank.current ?? 1) : loss.high !== null && loss.high < 0;
}

function saysOf(deciding: HorizonComparison | undefined, better: boolean, current: string): string {
  if (!deciding) return 'There is no time of which a model could have foretold anything that neither had seen; so nothing shows that it is better.';
  const { horizon, rows, leavers, logLoss: loss, auc: rank } = deciding;
  const four = (value: number | null) => (value === null ? 'unknown' : value.toFixed(4));
  const interval = loss.low === null || loss.high === null ? '' : `, a difference of ${four((loss.candidate ?? 0) - (loss.current ?? 0))} (95 %: ${four(loss.low)} to ${four(loss.high)})`;
  const ranks = rank.candidate === null || rank.current === null ? '' : `; its AUC is ${rank.candidate.toFixed(3)} against ${rank.current.toFixed(3)}`;
  return `Of ${rows} rows that neither had seen, ${leavers} of them of customers who left (${horizon === 'renewal' ? 'by the next renewal' : `within ${horizon} days`}), its log-loss is ${four(loss.candidate)} against ${four(loss.current)} of ${current}${interval}${ranks}: it is ${better ? '' : 'not clearly '}better.`;
}

import { dayOfDate } from '../../day.js';
import type { ChurnRows } from '../history/churn-rows.js';
import type { Horizon } from '../history/horizon.js';
import { plattLogOdds } from '../models/calibration.js';
import type { Steps } from '../models/steps.js';
import { sigmoid } from '../models/table.js';
import { rocAucWithin } from '../proof/auc.js';
import { difference, type Estimate, intervals, type Sample } from '../proof/bootstrap.js';
import { FIGURES } from '../proof/figures.js';
import { type BacktestOptions, taughtPlaces } from './backtest.js';
import type { ChurnModel, HorizonModel } from './churn-model.js';
import { clustersOf } from './fit.js';
import { type Foretold, outOfTime, rawLogOdds } from './out-of-time.js';

/** Two ways of foretelling on the same rows of one horizon. */
export interface Comparison {
  readonly horizon: Horizon;
  readonly rows: number;
  readonly figures: readonly {
    /** The AUC is that among rows of one day. */
    readonly name: 'auc' | 'logLoss';
    readonly challenger: number | null;
    /** Lower end of its 95 % interval. */
    readonly atLeast: number | null;
    readonly incumbent: number | null;
    /** How much better the challenger is, above 0 where it is: AUC more, log-loss less. */
    readonly better: Estimate;
  }[];
}

const TIMES = 200;

/**
 * What models of this kind, learnt as time went on, foretold, beside what a given model says of the same rows. Of days whose outcome the given one has seen,
 * models of its kind speak in its place that had not: else it would be judged by what it was taught.
 */
export function* compareWith(incumbent: ChurnModel, rows: ChurnRows, options: BacktestOptions): Steps<Comparison[]> {
  const found: Comparison[] = [];
  for (const place of taughtPlaces(rows)) {
    const horizon = rows.options.horizons[place]!;
    const theirs = incumbent.horizons.find((one) => one.horizon === horizon);
    if (!theirs) continue;
    const foretold = yield* outOfTime(rows, place, options);
    const { labels } = foretold;
    const resampling = { clusters: clustersOf(rows, foretold.rows), seed: options.seed, times: TIMES };
    const amounts = new Float64Array(labels.length);
    const chances = (yield* incumbentLogOdds(incumbent, theirs, { rows, place, foretold, options })).map(sigmoid);
    const days = Float64Array.from(foretold.rows, (row) => rows.days.at(row));
    const both = { auc: (sample: Sample) => rocAucWithin(sample.chances, sample.labels, sample.days!), logLoss: FIGURES.logLoss };
    const challenger = yield* intervals({ chances: foretold.logOdds.map(sigmoid), labels, amounts, days }, both, resampling);
    const given = yield* intervals({ chances, labels, amounts, days }, both, resampling);
    found.push({
      horizon, rows: labels.length, figures: [
        { name: 'auc', atLeast: challenger.auc.low, challenger: challenger.auc.value, incumbent: given.auc.value, better: difference(challenger.auc, given.auc) },
        { name: 'logLoss', atLeast: challenger.logLoss.low, challenger: challenger.logLoss.value, incumbent: given.logLoss.value, better: difference(given.logLoss, challenger.logLoss) },
      ],
    });
  }
  return found;
}

interface Beside {
  readonly rows: ChurnRows;
  readonly place: number;
  readonly foretold: Foretold;
  readonly options: BacktestOptions;
}

function* incumbentLogOdds({ window, kind, seed, features }: ChurnModel, { model, columns, calibration }: HorizonModel, { rows, place, foretold, options }: Beside): Steps<Float64Array> {
  const own = rawLogOdds(model, columns, rows, foretold.rows).map((logOdds) => plattLogOdds(calibration, logOdds));
  const seenUntil = window === null ? -Infinity : dayOfDate(window.knownUntil);
  const isSeen = (row: number) => rows.days.at(row) <= seenUntil;
  if (!foretold.rows.some(isSeen)) return own;
  const isAlike = kind === options.kind && String(features) === String(options.features ?? null);
  const again = isAlike ? foretold : yield* outOfTime(rows, place, { kind, seed, ...(features && { features }) });
  return own.map((logOdds, at) => (isSeen(foretold.rows[at]!) ? again.logOdds[at]! : logOdds));
}

import { dateOfDay } from '../../day.js';
import type { ChurnRows } from '../history/churn-rows.js';
import type { RiskModel } from '../models/parts.js';
import type { Steps } from '../models/steps.js';
import { sigmoid } from '../models/table.js';
import type { Backtest } from '../proof/backtest-result.js';
import { intervals, type Sample } from '../proof/bootstrap.js';
import { calibrationBins } from '../proof/calibration-bins.js';
import { FIGURES, RANKING } from '../proof/figures.js';
import { leakCheck } from '../proof/leak.js';
import { liftByTenth } from '../proof/lift.js';
import { rocPoints } from '../proof/auc.js';
import { clustersOf } from './fit.js';
import { type OutOfTime, outOfTime } from './out-of-time.js';

export interface BacktestOptions {
  readonly kind: RiskModel['kind'];
  /** Of the resamples from which the intervals are. */
  readonly seed: number;
}

const TIMES = 200;

/** How well departures were foretold by models that had seen nothing of the time in which they came, beside three rules that anybody could follow. */
export function* backtestChurn(rows: ChurnRows, options: BacktestOptions): Steps<Backtest> {
  const horizons: Backtest['horizons'][number][] = [];
  for (let place = 0; place < rows.options.horizons.length; place++) {
    const foretold = yield* outOfTime(options.kind, rows, place);
    horizons.push(yield* judge(rows, place, foretold, options));
  }
  return resultOf(rows, horizons, options);
}

export function resultOf(rows: ChurnRows, horizons: Backtest['horizons'], { kind, seed }: BacktestOptions): Backtest {
  const { origins, gapDays } = rows.options;
  return { model: { kind, seed, id: null }, window: { from: dateOfDay(origins[0]!), to: dateOfDay(origins[origins.length - 1]!) }, gapDays, horizons };
}

/** The figures of one horizon. */
export function* judge(rows: ChurnRows, place: number, foretold: OutOfTime, { seed }: BacktestOptions): Steps<Backtest['horizons'][number]> {
  const { labels } = foretold;
  const clusters = clustersOf(rows, foretold.rows);
  const amounts = Float64Array.from(foretold.rows, (row) => rows.amounts.at(row));
  const chances = foretold.logOdds.map(sigmoid);
  const resampling = { clusters, seed, times: TIMES };
  const figures = yield* intervals({ chances, labels, amounts }, FIGURES, resampling);
  const baselines = [];
  for (const [name, scoreOf] of Object.entries(RULES)) {
    const sample: Sample = { chances: Float64Array.from(foretold.rows, (row) => scoreOf(rows, row)), labels, amounts };
    const { auc, lift10, arrCaptured10 } = yield* intervals(sample, RANKING, resampling);
    baselines.push({ name: name as keyof typeof RULES, auc: auc.value, low: auc.low, high: auc.high, lift10: lift10.value, arrCaptured10: arrCaptured10.value });
  }
  return {
    horizon: rows.options.horizons[place]!, rows: labels.length, leavers: labels.reduce((sum, label) => sum + label, 0), accounts: new Set(clusters).size,
    figures: Object.entries(figures).map(([name, { value, low, high }]) => ({ name: name as keyof typeof FIGURES, value, low, high })), baselines,
    calibration: calibrationBins(chances, labels), lift: liftByTenth(chances, labels), roc: rocPoints(chances, labels), leak: leakCheck(rows, foretold, figures.auc.value),
  };
}

const known = (value: number, otherwise: number): number => (Number.isNaN(value) ? otherwise : value);

/** Rules that only rank: the higher, the sooner somebody leaves. What is unknown ranks lowest. */
const RULES = {
  'health score': (rows: ChurnRows, row: number) => known(rows.unhealth.at(row), -1),
  'contract ends soon': (rows: ChurnRows, row: number) => -known(rows.daysToRenewal.at(row), 100_000),
  'usage dropped': (rows: ChurnRows, row: number) => known(rows.values[rows.features.placeOf('trend')]!.at(row), -1),
};

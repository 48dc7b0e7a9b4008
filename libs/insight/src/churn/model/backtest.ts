import { dateOfDay } from '../../day.js';
import type { ChurnRows } from '../history/churn-rows.js';
import type { RiskModel } from '../models/parts.js';
import type { Steps } from '../models/steps.js';
import { sigmoid } from '../models/table.js';
import { rocPoints } from '../proof/auc.js';
import type { Backtest, Baseline, HorizonBacktest } from '../proof/backtest-result.js';
import { difference, intervals, type Resampled, type Sample } from '../proof/bootstrap.js';
import { calibrationBins } from '../proof/calibration-bins.js';
import { type FigureName, FIGURES, RANKING } from '../proof/figures.js';
import { findLeaks, type LeakVerdict } from '../proof/leak.js';
import { liftByTenth } from '../proof/lift.js';
import { columnsOf, learnColumns, nameOfColumn } from './columns.js';
import { clustersOf } from './fit.js';
import { knownRows } from './known-rows.js';
import { type Foretold, isEnough, outOfTime } from './out-of-time.js';

export interface BacktestOptions {
  readonly kind: RiskModel['kind'];
  /** Of the resamples from which the intervals are. */
  readonly seed: number;
  /** Ids of the features that may be looked at, those of a horizon without its days (`due`); all where left out. */
  readonly features?: readonly string[];
  /** Columns that looked too good and of which somebody says that they were known at the moment of prediction. */
  readonly accept?: readonly string[];
}

const TIMES = 200;

/** How well departures were foretold by models that had seen nothing of the time in which they came, beside three rules that anybody could follow. Horizons without enough departures are left out. */
export function* backtestChurn(rows: ChurnRows, options: BacktestOptions): Steps<Backtest> {
  const judged: Judged[] = [];
  for (const place of taughtPlaces(rows)) judged.push(yield* judge(rows, place, options));
  return backtestOf(rows, judged, options);
}

/** Places of the horizons of which there are departures enough to learn from. */
export function taughtPlaces(rows: ChurnRows): number[] {
  return [...rows.options.horizons.keys()].filter((place) => {
    return isEnough(knownRows(rows, place, { before: Infinity, day: rows.options.knownUntil }));
  });
}

/** Looks for leaks with every departure told once, by its last row: twelve rows of one customer are no twelve proofs. */
function* leakOf(rows: ChurnRows, place: number, { rows: places, labels }: Foretold, { auc, features, accept }: BacktestOptions & { auc: number | null }): Steps<LeakVerdict> {
  const last = new Map<string, number>();
  places.forEach((row, at) => {
    const before = last.get(rows.customers[row]!);
    if (labels[at] === 1 && (before === undefined || rows.days.at(row) > rows.days.at(before))) last.set(rows.customers[row]!, row);
  });
  const told = [...places.keys()].filter((at) => labels[at] === 0 || last.get(rows.customers[places[at]!]!) === places[at]);
  const chosen = Int32Array.from(told, (at) => places[at]!);
  const columns = learnColumns(rows, { rows: chosen, departures: Infinity }, rows.options.horizons[place]!, features);
  const table = columnsOf(columns, rows, chosen);
  return yield* findLeaks({ columns: columns.map((column, at) => ({ name: nameOfColumn(column), values: table[at]! })), labels: Uint8Array.from(told, (at) => labels[at]!), auc, ...(accept && { accept }) });
}

/** What was foretold of one horizon, and how good it was. */
export interface Judged {
  readonly foretold: Foretold;
  readonly result: HorizonBacktest;
}

export function* judge(rows: ChurnRows, place: number, options: BacktestOptions): Steps<Judged> {
  const foretold = yield* outOfTime(rows, place, options);
  const { labels } = foretold;
  const clusters = clustersOf(rows, foretold.rows);
  const amounts = Float64Array.from(foretold.rows, (row) => rows.amounts.at(row));
  const chances = foretold.logOdds.map(sigmoid);
  const resampling = { clusters, seed: options.seed, times: TIMES };
  const figures = yield* intervals({ chances, labels, amounts }, FIGURES, resampling);
  const baselines: Baseline[] = [];
  for (const [name, scoreOf] of Object.entries(RULES)) {
    const sample: Sample = { chances: Float64Array.from(foretold.rows, (row) => scoreOf(rows, row)), labels, amounts };
    const { auc, lift10, arrCaptured10 } = yield* intervals(sample, RANKING, resampling);
    baselines.push({ name: name as Baseline['name'], auc: auc.value, low: auc.low, high: auc.high, lift10: lift10.value, arrCaptured10: arrCaptured10.value, ahead: difference(figures.auc, auc) });
  }
  const leak = yield* leakOf(rows, place, foretold, { ...options, auc: figures.auc.value });
  return {
    foretold,
    result: {
      horizon: rows.options.horizons[place]!, rows: labels.length, leavers: labels.reduce((sum, label) => sum + label, 0), accounts: new Set(clusters).size,
      figures: (Object.entries(figures) as [FigureName, Resampled][]).map(([name, { value, low, high }]) => ({ name, value, low, high })), baselines,
      calibration: calibrationBins(chances, labels), lift: liftByTenth(chances, labels), roc: rocPoints(chances, labels), leak,
    },
  };
}

export function backtestOf(rows: ChurnRows, judged: readonly Judged[], { kind, seed }: BacktestOptions): Backtest {
  const days = judged.flatMap(({ foretold }) => Array.from(foretold.rows, (row) => rows.days.at(row)));
  const { origins, gapDays } = rows.options;
  const dateOf = (day: number) => dateOfDay(Number.isFinite(day) ? day : origins[0]!);
  return {
    model: { kind, seed, id: null }, gapDays, horizons: judged.map(({ result }) => result),
    window: { from: dateOf(days.reduce((least, day) => Math.min(least, day), Infinity)), to: dateOf(days.reduce((most, day) => Math.max(most, day), -Infinity)) },
  };
}

const known = (value: number, otherwise: number): number => (Number.isNaN(value) ? otherwise : value);

/** Rules that only rank: the higher, the sooner somebody leaves. What is unknown ranks lowest. */
const RULES: Readonly<Record<Baseline['name'], (rows: ChurnRows, row: number) => number>> = {
  'health score': (rows, row) => known(rows.unhealth.at(row), -1),
  'contract ends soon': (rows, row) => -known(rows.daysToRenewal.at(row), 100_000),
  'usage dropped': (rows, row) => known(rows.values[rows.features.placeOf('trend')]!.at(row), -1),
};

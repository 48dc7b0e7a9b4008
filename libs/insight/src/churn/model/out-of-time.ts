import type { ChurnRows } from '../history/churn-rows.js';
import { fitPlatt, type Platt, plattLogOdds } from '../models/calibration.js';
import { logOddsOf, type RiskModel } from '../models/parts.js';
import type { Steps } from '../models/steps.js';
import { sigmoid } from '../models/table.js';
import { calibrationIntercept } from '../proof/calibration-line.js';
import type { BacktestOptions } from './backtest.js';
import { type Column, columnsOf, learnColumns } from './columns.js';
import { fitRisk } from './fit.js';
import { type Known, knownRows } from './known-rows.js';

/** What models foretold that had seen nothing of the time in which it came true. Places are rows of `ChurnRows`. */
export interface Foretold {
  readonly rows: Int32Array;
  readonly labels: Uint8Array;
  /** As the models said it, and calibrated on what earlier models had foretold and what became of it. */
  readonly raw: Float64Array;
  readonly logOdds: Float64Array;
  /** The first days of the stretches that were foretold; each by a model of its own, learnt from what was known on that day. */
  readonly origins: readonly number[];
}

const STRETCHES = 4;
/** From fewer departures nothing is learnt. */
export const LEAST_DEPARTURES = 5;

export const isEnough = ({ departures, leavers, rows }: Known): boolean => departures >= LEAST_DEPARTURES && leavers < rows.length;

/**
 * Rolling origin: the later half of the days is foretold in four stretches. The model of a stretch is learnt from rows whose outcome was known at its
 * first day, as it was known then, and so is its calibration.
 */
export function* outOfTime(rows: ChurnRows, place: number, { kind, features }: BacktestOptions): Steps<Foretold> {
  const horizon = rows.options.horizons[place]!;
  const all = knownRows(rows, place, { before: Infinity, day: rows.options.knownUntil });
  const labelOf = new Map(Array.from(all.rows, (row, at) => [row, all.labels[at]!]));
  const found = { rows: [] as number[], raw: [] as number[], logOdds: [] as number[], origins: [] as number[] };
  for (const days of stretchesOf(Array.from(all.rows, (row) => rows.days.at(row)))) {
    const [first, end] = [days[0]!, days[days.length - 1]!];
    const known = knownRows(rows, place, { before: first, day: first });
    if (!isEnough(known)) continue;
    const columns = learnColumns(rows, known, horizon, features);
    const model = yield* fitRisk(kind, rows, columns, known, horizon);
    const calibration = calibrationOf(found, rows, place, { day: first, own: rawLogOdds(model, columns, rows, known.rows), known });
    const tested = all.rows.filter((row) => rows.days.at(row) >= first && rows.days.at(row) <= end);
    const raw = rawLogOdds(model, columns, rows, tested);
    found.origins.push(first);
    tested.forEach((row, at) => {
      found.rows.push(row);
      found.raw.push(raw[at]!);
      found.logOdds.push(plattLogOdds(calibration, raw[at]!));
    });
  }
  return {
    rows: Int32Array.from(found.rows), labels: Uint8Array.from(found.rows, (row) => labelOf.get(row)!), origins: found.origins,
    raw: Float64Array.from(found.raw), logOdds: Float64Array.from(found.logOdds),
  };
}

/**
 * How sharp and how high a model is taken. Sharp: the slope that earlier stretches teach, as far as it was known on a day, between 0 and 1: who ranked worse than chance is not
 * believed the other way round, and none is believed to be surer than it says. High: so that of the rows that it was learnt from as many leave as did.
 */
export function calibrationOf(found: { readonly rows: ArrayLike<number>; readonly raw: ArrayLike<number> }, rows: ChurnRows, place: number, { day, own, known }: { readonly day: number; readonly own: Float64Array; readonly known: Known }): Platt {
  const past = Array.from(found.rows, (row, at) => ({ raw: found.raw[at]!, label: rows.labels[place]!.at(row, day) })).filter(({ label }) => !Number.isNaN(label));
  const { slope: taught } = fitPlatt(Float64Array.from(past, ({ raw }) => raw), Uint8Array.from(past, ({ label }) => label));
  const slope = Math.min(1, Math.max(0, taught));
  return { slope, intercept: calibrationIntercept(own.map((logOdds) => sigmoid(slope * logOdds)), known.labels) ?? 0 };
}

export function rawLogOdds(model: RiskModel, columns: readonly Column[], rows: ChurnRows, chosen: Int32Array): Float64Array {
  const table = columnsOf(columns, rows, chosen);
  const seen = new Float64Array(columns.length);
  return Float64Array.from(chosen, (_, at) => {
    table.forEach((column, place) => { seen[place] = column[at]!; });
    return logOddsOf(model, seen);
  });
}

/** The later half of the days, in up to four stretches of about the same number of days. */
export function stretchesOf(days: readonly number[]): number[][] {
  const distinct = [...new Set(days)].sort((a, b) => a - b);
  const later = distinct.slice(Math.ceil(distinct.length / 2));
  const count = Math.min(STRETCHES, later.length);
  return Array.from({ length: count }, (_, stretch) => later.slice(Math.floor((stretch * later.length) / count), Math.floor(((stretch + 1) * later.length) / count)));
}

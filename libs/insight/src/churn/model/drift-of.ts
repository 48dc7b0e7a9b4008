import type { ChurnRows } from '../history/churn-rows.js';
import type { Horizon } from '../history/horizon.js';
import { sigmoid } from '../models/table.js';
import { plattLogOdds } from '../models/calibration.js';
import { calibrationDrift, type CalibrationDrift, type Drift, populationStability } from '../proof/drift.js';
import type { ChurnModel, HorizonModel } from './churn-model.js';
import { rawLogOdds } from './out-of-time.js';
import { type Distribution, sharesIn } from './reference.js';

/** How far a model has drifted from what it was learnt from. */
export interface ModelDrift {
  readonly stability: readonly (Drift & { readonly of: string })[];
  readonly calibration: readonly (CalibrationDrift & { readonly horizon: Horizon; readonly foretoldOn: number })[];
  readonly verdict: 'steady' | 'moving' | 'drifted' | 'unknown';
}

/**
 * Of rows of one day (`today`) whose scores and features are held against those of the training, and of earlier days whose time is up: for each horizon the last one.
 * `drifted` where a score has shifted or another share left than was said, `moving` where a score moved or only a feature did.
 */
export function driftOf(model: ChurnModel, rows: ChurnRows, today: number): ModelDrift {
  const now = rowsOn(rows, today);
  const stability = [...scoresNow(model, rows, now), ...featuresNow(model, rows, now)].sort((a, b) => b.index - a.index);
  const calibration = model.horizons.flatMap((horizon) => dueNow(horizon, rows, today));
  return { stability, calibration, verdict: verdictOf({ stability, calibration }) };
}

function rowsOn({ days, size }: ChurnRows, day: number): Int32Array {
  return Int32Array.from(Array.from({ length: size }, (_, row) => row).filter((row) => days.at(row) === day));
}

const chancesOf = ({ model, columns, calibration }: HorizonModel, rows: ChurnRows, chosen: Int32Array): Float64Array => (
  rawLogOdds(model, columns, rows, chosen).map((raw) => sigmoid(plattLogOdds(calibration, raw))));

function scoresNow({ horizons, reference }: ChurnModel, rows: ChurnRows, now: Int32Array): (Drift & { of: string })[] {
  return horizons.flatMap((horizon) => {
    const then = reference?.scores.find((one) => one.horizon === horizon.horizon);
    return then ? against(`score ${horizon.horizon}`, then.distribution, chancesOf(horizon, rows, now), reference!.rows) : [];
  });
}

function featuresNow({ reference }: ChurnModel, rows: ChurnRows, now: Int32Array): (Drift & { of: string })[] {
  const learntFrom = reference?.rows ?? 0;
  return (reference?.features ?? []).flatMap(({ feature, unknown, distribution }) => {
    const values = rows.values[rows.features.placeOf(feature)]!;
    const known = Float64Array.from(now, (row) => values.at(row)).filter((value) => !Number.isNaN(value));
    const missing = now.length === 0 ? 0 : 1 - known.length / now.length;
    const gaps = populationStability([unknown, 1 - unknown], [missing, 1 - missing], { then: learntFrom, now: now.length });
    return [...against(feature, distribution, known, (1 - unknown) * learntFrom), ...(gaps && unknown + missing > 0 ? [{ of: `${feature} unknown`, ...gaps }] : [])];
  });
}

function against(of: string, { edges, shares }: Distribution, values: Float64Array, learntFrom: number): (Drift & { of: string })[] {
  const drift = populationStability(shares, sharesIn(edges, values), { then: learntFrom, now: values.length });
  return drift ? [{ of, ...drift }] : [];
}

/** The last day whose time is up for this horizon: what is foretold of it, and what came. */
function dueNow(horizon: HorizonModel, rows: ChurnRows, today: number): ModelDrift['calibration'] {
  const labels = rows.labels[rows.options.horizons.indexOf(horizon.horizon)];
  if (!labels || horizon.horizon === 'renewal') return [];
  const days = [...new Set(Array.from({ length: rows.size }, (_, row) => rows.days.at(row)))].sort((a, b) => b - a);
  const foretoldOn = days.find((day) => day + rows.options.gapDays + Number(horizon.horizon) <= today);
  if (foretoldOn === undefined) return [];
  const due = rowsOn(rows, foretoldOn).filter((row) => !Number.isNaN(labels.at(row, today)));
  const drift = calibrationDrift(chancesOf(horizon, rows, due), Uint8Array.from(due, (row) => labels.at(row, today)));
  return drift ? [{ horizon: horizon.horizon, foretoldOn, ...drift }] : [];
}

function verdictOf({ stability, calibration }: Omit<ModelDrift, 'verdict'>): ModelDrift['verdict'] {
  if (stability.length === 0 && calibration.length === 0) return 'unknown';
  const isScore = ({ of }: { of: string }) => of.startsWith('score ');
  if (stability.some((one) => isScore(one) && one.level === 'shifted') || calibration.some(({ level }) => level !== 'as said')) return 'drifted';
  return stability.some(({ level }) => level !== 'stable') ? 'moving' : 'steady';
}

import { dateOfDay } from '../../day.js';
import type { ChurnRows } from '../history/churn-rows.js';
import { fitBgNbd } from '../models/bg-nbd.js';
import type { Steps } from '../models/steps.js';
import { type BacktestOptions, backtestOf, judge, type Judged, taughtPlaces } from './backtest.js';
import { CHURN_ARITHMETIC, type ChurnModel, type HorizonModel } from './churn-model.js';
import { HEADLINE } from '../risk/at-risk.js';
import { learnColumns } from './columns.js';
import { contentId, rounded } from './content-id.js';
import { type Examples, examplesOf } from './examples.js';
import { fitRisk } from './fit.js';
import { knownRows } from './known-rows.js';
import { calibrationOf, LEAST_DEPARTURES, rawLogOdds } from './out-of-time.js';
import { referenceOf } from './reference.js';

/** There is too little to learn from; the message says what there is and what to do. */
export class TooLittleToLearn extends Error {}

/**
 * Learns a model from rows: for each horizon one that has seen all of them, calibrated by what models that had not seen the time in question foretold
 * (`outOfTime`), with its proof. The same rows and options make the same bytes. @throws TooLittleToLearn
 */
export function* trainChurn(rows: ChurnRows, options: BacktestOptions): Steps<ChurnModel> {
  const { knownUntil, gapDays, origins, causes = null } = rows.options;
  const places = taughtPlaces(rows);
  const buyers = yield* buyersOf(rows);
  if (places.length === 0 && !buyers) throw new TooLittleToLearn(saysTooLittle(rows));
  const horizons: HorizonModel[] = [];
  const judged: Judged[] = [];
  for (const place of places) {
    const horizon = rows.options.horizons[place]!;
    const known = knownRows(rows, place, { before: Infinity, day: knownUntil });
    const columns = learnColumns(rows, known, horizon, options.features);
    const model = yield* fitRisk(options.kind, rows, columns, known, horizon);
    const one = yield* judge(rows, place, options);
    judged.push(one);
    horizons.push({ horizon, columns, model, calibration: calibrationOf(one.foretold, rows, place, { day: knownUntil, own: rawLogOdds(model, columns, rows, known.rows), known }), rows: known.rows.length, departures: known.departures });
  }
  const made: Omit<ChurnModel, 'id'> = rounded({
    arithmetic: CHURN_ARITHMETIC, kind: options.kind, seed: options.seed, features: options.features ?? null,
    window: { from: dateOfDay(origins[0]!), to: dateOfDay(origins[origins.length - 1]!), knownUntil: dateOfDay(knownUntil), gapDays, causes },
    horizons, notices: { ...rows.notices }, buyers, proof: backtestOf(rows, judged, options), reference: referenceOf(rows, horizons, examplesFrom(rows, judged, horizons)),
  });
  return { id: `cm-${contentId(made)}`, ...made };
}

/** Of the horizon that lists go by, or else of the first. */
function examplesFrom(rows: ChurnRows, judged: readonly Judged[], horizons: readonly HorizonModel[]): Examples {
  const place = Math.max(0, horizons.findIndex(({ horizon }) => horizon === HEADLINE));
  return horizons[place] ? examplesOf(rows, judged[place]!.foretold, horizons[place]) : { horizon: HEADLINE, groups: [], customers: [] };
}

const LEAST_REPEATERS = 20;

function* buyersOf({ purchases }: ChurnRows): Steps<ChurnModel['buyers']> {
  if (purchases.filter(({ repeats }) => repeats > 0).length < LEAST_REPEATERS) return null;
  return { ...(yield* fitBgNbd(purchases)), customers: purchases.length };
}

function saysTooLittle(rows: ChurnRows): string {
  const departures = Math.max(0, ...[...rows.options.horizons.keys()].map((place) => knownRows(rows, place, { before: Infinity, day: rows.options.knownUntil }).departures));
  return `There are ${rows.size} rows of ${new Set(rows.customers).size} customers, and ${departures} of them left within a horizon: at least ${LEAST_DEPARTURES} are needed, and some who stayed; or ${LEAST_REPEATERS} customers without a contract who bought again. Take a longer window, or import how subscriptions ended.`;
}

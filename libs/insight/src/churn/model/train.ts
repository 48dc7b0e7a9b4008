import { dateOfDay } from '../../day.js';
import type { ChurnRows } from '../history/churn-rows.js';
import type { Steps } from '../models/steps.js';
import { type BacktestOptions, judge, resultOf } from './backtest.js';
import { CHURN_ARITHMETIC, type ChurnModel, type HorizonModel } from './churn-model.js';
import { learnColumns } from './columns.js';
import { contentId } from './content-id.js';
import { fitRisk, knownRows } from './fit.js';
import { calibrationOf, LEAST_LEAVERS, outOfTime } from './out-of-time.js';
import { referenceOf } from './reference.js';

/** There is too little to learn from; the message says what there is and what to do. */
export class TooLittleToLearn extends Error {}

/**
 * Learns a model from rows: for each horizon one that has seen all of them, calibrated by what models that had not seen the time in question foretold
 * (`outOfTime`), with its proof. The same rows, kind and seed make the same bytes. @throws TooLittleToLearn
 */
export function* trainChurn(rows: ChurnRows, options: BacktestOptions): Steps<ChurnModel> {
  const { knownUntil, gapDays, origins } = rows.options;
  const places = rows.options.horizons.map((_, place) => ({ place, known: knownRows(rows, place, { before: Infinity, day: knownUntil }) }));
  const taught = places.filter(({ known }) => known.leavers >= LEAST_LEAVERS && known.leavers < known.rows.length);
  if (taught.length === 0) throw new TooLittleToLearn(saysTooLittle(rows, Math.max(0, ...places.map(({ known }) => known.leavers))));
  const horizons: HorizonModel[] = [];
  const judged = [];
  for (const { place, known } of taught) {
    const horizon = rows.options.horizons[place]!;
    const columns = learnColumns(rows, known.rows, horizon);
    const model = yield* fitRisk(options.kind, rows, columns, known, horizon);
    const foretold = yield* outOfTime(options.kind, rows, place);
    judged.push(yield* judge(rows, place, foretold, options));
    horizons.push({ horizon, columns, model, calibration: calibrationOf(foretold, rows, place, knownUntil), rows: known.rows.length, leavers: known.leavers });
  }
  const made: Omit<ChurnModel, 'id'> = {
    arithmetic: CHURN_ARITHMETIC, kind: options.kind, seed: options.seed,
    window: { from: dateOfDay(origins[0]!), to: dateOfDay(origins[origins.length - 1]!), knownUntil: dateOfDay(knownUntil), gapDays },
    horizons, notices: { ...rows.notices }, proof: resultOf(rows, judged, options), reference: referenceOf(rows, horizons),
  };
  return { id: `cm-${contentId(made)}`, ...made };
}

function saysTooLittle({ size, customers }: ChurnRows, leavers: number): string {
  return `There are ${size} rows of ${new Set(customers).size} customers, and ${leavers} of them are of customers who left: at least ${LEAST_LEAVERS} are needed. Take a longer window, or import how subscriptions ended.`;
}

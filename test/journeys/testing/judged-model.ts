import type { BacktestResult } from '../../../apps/api/src/churn/backtest-page.js';
import { fitAdditive } from '../../../libs/insight/src/churn/models/boosted.js';
import { fitLogistic } from '../../../libs/insight/src/churn/models/logistic.js';
import { logOddsOf } from '../../../libs/insight/src/churn/models/parts.js';
import { finish } from '../../../libs/insight/src/churn/models/steps.js';
import { rowsOf, sigmoid } from '../../../libs/insight/src/churn/models/table.js';
import { rocPoints } from '../../../libs/insight/src/churn/proof/auc.js';
import { difference, intervals } from '../../../libs/insight/src/churn/proof/bootstrap.js';
import { calibrationBins } from '../../../libs/insight/src/churn/proof/calibration-bins.js';
import { effectsOf } from '../../../libs/insight/src/churn/proof/effects.js';
import { type FigureName, FIGURES, RANKING } from '../../../libs/insight/src/churn/proof/figures.js';
import { findLeaks } from '../../../libs/insight/src/churn/proof/leak.js';
import { liftByTenth } from '../../../libs/insight/src/churn/proof/lift.js';
import { type Random, randomOf } from '../../../libs/insight/src/churn/proof/random.js';

const LABELS = ['Days to the next renewal', 'Usage against its usual level, %', 'Open tickets above usual', 'Seats', 'Price raised at the last renewal'];
const ROWS = 6_000;

const normal = (random: Random) => Math.sqrt(-2 * Math.log(1 - random.next())) * Math.cos(2 * Math.PI * random.next());

/** Customers who leave by a rule that is known here; a model of them, and what it is worth on the half that it did not see. */
export function judgedModel(kind: 'additive' | 'logistic'): BacktestResult {
  const random = randomOf(7);
  const draw = (value: () => number) => Float64Array.from({ length: ROWS }, value);
  const columns = [draw(() => random.below(366)), draw(() => Math.round(20 * normal(random))), draw(() => Math.max(0, Math.round(2 * normal(random)))), draw(() => Math.round(Math.exp(3 + normal(random)))), draw(() => random.below(2))];
  const [due, usage, tickets, , price] = columns as [Float64Array, Float64Array, Float64Array, Float64Array, Float64Array];
  const labels = Uint8Array.from(due, (days, row) => Number(random.next() < sigmoid(-4.2 + (days < 90 ? 1.6 : 0) - 0.04 * Math.min(0, usage[row]!) + 0.3 * tickets[row]! + 0.4 * price[row]!)));
  const halves = [0, 1].map((half) => rowsOf({ columns, labels }, Array.from({ length: ROWS / 2 }, (_, place) => half * (ROWS / 2) + place)));
  const [past, later] = [halves[0]!, halves[1]!];
  const model = kind === 'logistic' ? finish(fitLogistic(past, { ridge: 1 })) : finish(fitAdditive(past, { rounds: 60, rate: 0.1, bins: 32, leaves: 4, leastWeight: 5, ridge: 1 }));
  const chances = Float64Array.from(later.labels, (_, row) => sigmoid(logOddsOf(model, later.columns.map((column) => column[row]!))));
  const sample = { chances, labels: later.labels, amounts: later.columns[3]! };
  const resampling = { clusters: Uint32Array.from(chances, (_, row) => row >> 1), seed: 7, times: 60 };
  const figures = finish(intervals(sample, FIGURES, resampling));
  const rules = { 'health score': later.columns[2]!, 'contract ends soon': later.columns[0]!.map((days) => -days), 'usage dropped': later.columns[1]!.map((value) => -value) };
  const backtest: BacktestResult['backtest'] = {
    model: { kind, seed: 7, id: 'cm-0123456789ab' }, window: { from: '2024-01-31', to: '2026-10-31' }, gapDays: 7,
    horizons: [{
      horizon: 90, rows: ROWS / 2, leavers: later.labels.reduce((sum, label) => sum + label, 0), accounts: ROWS / 4,
      figures: Object.entries(figures).map(([name, { value, low, high }]) => ({ name: name as FigureName, value, low, high })),
      baselines: Object.entries(rules).map(([name, scores]) => {
        const { auc, lift10, arrCaptured10 } = finish(intervals({ ...sample, chances: scores }, RANKING, resampling));
        return { name: name as keyof typeof rules, auc: auc.value, low: auc.low, high: auc.high, lift10: lift10.value, arrCaptured10: arrCaptured10.value, ahead: difference(figures.auc, auc) };
      }),
      calibration: calibrationBins(chances, later.labels), lift: liftByTenth(chances, later.labels), roc: rocPoints(chances, later.labels),
      leak: finish(findLeaks({ columns: later.columns.map((values, place) => ({ name: LABELS[place]!, values })), labels: later.labels, auc: figures.auc.value, bound: 0.75 })),
    }],
  };
  return { backtest, effects: [{ horizon: 90, effects: effectsOf(model, LABELS) }] };
}

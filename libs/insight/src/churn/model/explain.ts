import { HORIZONS, type Horizon } from '../history/horizon.js';
import { BADNESS, YES_NO } from '../history/feature.js';
import { featuresFor, type Features } from '../history/features.js';
import { type Effect, effectsOf } from '../proof/effects.js';
import type { ChurnModel, HorizonModel } from './churn-model.js';
import { nameOfColumn } from './columns.js';
import { labelOf } from './labels.js';

/** What a model looks at for one horizon, what moves most first. */
export interface HorizonExplanation {
  readonly horizon: Horizon;
  readonly rows: number;
  readonly departures: number;
  readonly columns: readonly ColumnExplanation[];
}

export interface ColumnExplanation {
  readonly column: string;
  readonly label: string;
  /** What its number is; null for a word or a gap. */
  readonly unit: string | null;
  readonly says: string;
  readonly effect: Omit<Effect, 'label'>;
}

/** A model in words and weights. */
export function explainModel({ horizons, reference }: ChurnModel): HorizonExplanation[] {
  const features = featuresFor(HORIZONS);
  return horizons.map((horizon) => ({ horizon: horizon.horizon, rows: horizon.rows, departures: horizon.departures, columns: columnsIn(features, horizon, reference === null) }));
}

function columnsIn(features: Features, { columns, model, calibration }: HorizonModel, isPrior: boolean): ColumnExplanation[] {
  const names = columns.map(nameOfColumn);
  return effectsOf(model, names).map(({ label: name, ...effect }) => {
    const place = names.indexOf(name);
    const column = columns[place]!;
    const feature = features.featureOf(column.feature);
    const unit = column.kind === 'value' && 'unit' in feature ? feature.unit : null;
    const deviation = model.kind === 'logistic' ? model.deviations[place]! : 1;
    return { column: name, label: labelOf(features, column), unit, says: `${labelOf(features, column)}: ${saysOf(effect as Effect, { unit, deviation, isPrior, slope: calibration.slope })}`, effect };
  });
}

/** What a model says of its columns, with their words, as it is drawn. */
export function modelEffects({ horizons }: ChurnModel): { readonly horizon: Horizon; readonly effects: Effect[] }[] {
  const features = featuresFor(HORIZONS);
  return horizons.map(({ horizon, columns, model }) => ({ horizon, effects: effectsOf(model, columns.map((column) => labelOf(features, column))) }));
}

interface Measured {
  readonly unit: string | null;
  readonly deviation: number;
  readonly isPrior: boolean;
  /** Of the calibration: answers are that much less sure. */
  readonly slope: number;
}

/** In odds, since people know these: "one standard deviation more multiplies the odds of leaving by 1.40". What is so or not so is told of that, not of deviations. */
function saysOf(effect: Effect, { unit, deviation, isPrior, slope }: Measured): string {
  if (effect.kind === 'steps') return saysOfSteps(effect, slope);
  const isSwitch = unit === null || unit === YES_NO;
  const [value, low, high] = [effect.value, effect.low, effect.high].map((logOdds) => times(slope * (isSwitch ? logOdds / deviation : logOdds)));
  const step = isSwitch ? 'where it is so' : unit === BADNESS ? (isPrior ? 'at its worst rather than at its best' : 'one standard deviation worse') : 'one standard deviation more';
  return `${step}, the odds of leaving are multiplied by ${value} (95 %: ${low} to ${high})${effect.low > 0 || effect.high < 0 ? '' : ', which may be nothing'}.`;
}

function saysOfSteps({ shape: { edges, values } }: Extract<Effect, { kind: 'steps' }>, slope: number): string {
  const [lowest, highest] = [values.indexOf(Math.min(...values)), values.indexOf(Math.max(...values))];
  const where = (bin: number) => (bin === 0 ? `up to ${round(edges[0]!)}` : bin === edges.length ? `above ${round(edges[bin - 1]!)}` : `between ${round(edges[bin - 1]!)} and ${round(edges[bin]!)}`);
  return `the odds of leaving are multiplied by ${times(slope * values[lowest]!)} ${where(lowest)} and by ${times(slope * values[highest]!)} ${where(highest)}.`;
}

const times = (logOdds: number): string => Math.exp(logOdds).toFixed(2);
const round = (value: number): string => String(Number(value.toPrecision(3)));

import { HORIZONS, type Horizon } from '../history/horizon.js';
import { featuresFor, type Features } from '../history/features.js';
import { type Effect, effectsOf } from '../proof/effects.js';
import type { ChurnModel, HorizonModel } from './churn-model.js';
import { type Column, nameOfColumn } from './columns.js';
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
  // The prior was learnt from nobody, so it knows no deviation; it speaks of whole units.
  const step = reference === null ? 'one more' : 'one standard deviation more';
  return horizons.map((horizon) => ({ horizon: horizon.horizon, rows: horizon.rows, departures: horizon.departures, columns: columnsIn(features, horizon, step) }));
}

function columnsIn(features: Features, { columns, model }: HorizonModel, step: string): ColumnExplanation[] {
  const byName = new Map<string, Column>(columns.map((column) => [nameOfColumn(column), column]));
  return effectsOf(model, [...byName.keys()]).map(({ label: name, ...effect }) => {
    const column = byName.get(name)!;
    const label = labelOf(features, column);
    const feature = features.featureOf(column.feature);
    return { column: name, label, unit: column.kind === 'value' && 'unit' in feature ? feature.unit : null, says: saysOf(effect as Effect, label, step), effect };
  });
}

/** In odds, since people know these: "a standard deviation more multiplies the odds of leaving by 1.4". */
function saysOf(effect: Effect, label: string, step: string): string {
  const times = (logOdds: number) => Math.exp(logOdds).toFixed(2);
  if (effect.kind === 'coefficient') {
    const sure = effect.low > 0 || effect.high < 0;
    return `${label}: ${step} multiplies the odds of leaving by ${times(effect.value)} (95 %: ${times(effect.low)} to ${times(effect.high)})${sure ? '' : ', which may be nothing'}.`;
  }
  const { edges, values } = effect.shape;
  const [lowest, highest] = [values.indexOf(Math.min(...values)), values.indexOf(Math.max(...values))];
  const where = (bin: number) => (bin === 0 ? `up to ${round(edges[0]!)}` : bin === edges.length ? `above ${round(edges[bin - 1]!)}` : `between ${round(edges[bin - 1]!)} and ${round(edges[bin]!)}`);
  return `${label}: the odds of leaving are multiplied by ${times(values[lowest]!)} ${where(lowest)} and by ${times(values[highest]!)} ${where(highest)}.`;
}

const round = (value: number): string => String(Number(value.toPrecision(3)));

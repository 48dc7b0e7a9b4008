import { HORIZONS, type Horizon } from '../history/horizon.js';
import { featuresFor, type Features } from '../history/features.js';
import type { ColumnEffect } from '../proof/backtest-result.js';
import type { ChurnModel, HorizonModel } from './churn-model.js';
import { type Column, nameOfColumn } from './columns.js';
import { effectOf, labelOf } from './effects.js';

/** What a model looks at for one horizon, the weightiest first. */
export interface HorizonExplanation {
  readonly horizon: Horizon;
  readonly rows: number;
  readonly leavers: number;
  readonly columns: readonly ColumnExplanation[];
}

export interface ColumnExplanation {
  readonly column: string;
  readonly label: string;
  /** What its number is; null for a word or a gap. */
  readonly unit: string | null;
  /** The log-odds by which it parts customers: what a standard deviation adds, or the height of the curve from its lowest to its highest step. */
  readonly weight: number;
  readonly says: string;
  readonly effect: ColumnEffect;
}

/** A model in words and weights. */
export function explainModel({ horizons, reference }: ChurnModel): HorizonExplanation[] {
  const features = featuresFor(HORIZONS);
  // The prior was learnt from nobody, so it knows no deviation; it speaks of whole units.
  const step = reference === null ? 'one more' : 'one standard deviation more';
  return horizons.map((horizon) => ({ horizon: horizon.horizon, rows: horizon.rows, leavers: horizon.leavers, columns: horizon.columns.map((column, place) => explained({ features, step }, horizon, column, place)).sort((a, b) => b.weight - a.weight) }));
}

function explained({ features, step }: { features: Features; step: string }, { model }: HorizonModel, column: Column, place: number): ColumnExplanation {
  const effect = effectOf(model, place);
  const label = labelOf(features, column);
  const feature = features.featureOf(column.feature);
  return { column: nameOfColumn(column), label, unit: column.kind === 'value' && 'unit' in feature ? feature.unit : null, weight: weightOf(effect), says: saysOf(effect, label, step), effect };
}

function weightOf(effect: ColumnEffect): number {
  return effect.kind === 'coefficient' ? Math.abs(effect.value) : Math.max(...effect.shape.values) - Math.min(...effect.shape.values);
}

/** In odds, since people know these: "a standard deviation more multiplies the odds of leaving by 1.4". */
function saysOf(effect: ColumnEffect, label: string, step: string): string {
  const times = (logOdds: number) => Math.exp(logOdds).toFixed(2);
  if (effect.kind === 'coefficient') {
    const sure = effect.low > 0 || effect.high < 0;
    return `${label}: ${step} multiplies the odds of leaving by ${times(effect.value)} (95 %: ${times(effect.low)} to ${times(effect.high)})${sure ? '' : ', which may be nothing'}.`;
  }
  const { edges, values } = effect.shape;
  const [lowest, highest] = [values.indexOf(Math.min(...values)), values.indexOf(Math.max(...values))];
  const where = (bin: number) => (edges.length === 0 ? 'everywhere' : bin === 0 ? `up to ${round(edges[0]!)}` : bin === edges.length ? `above ${round(edges[bin - 1]!)}` : `between ${round(edges[bin - 1]!)} and ${round(edges[bin]!)}`);
  return `${label}: the odds of leaving are multiplied by ${times(values[lowest]!)} ${where(lowest)} and by ${times(values[highest]!)} ${where(highest)}.`;
}

const round = (value: number): string => String(Number(value.toPrecision(3)));

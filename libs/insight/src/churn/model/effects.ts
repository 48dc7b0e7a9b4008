import type { Features } from '../history/features.js';
import type { ColumnEffect, ColumnEffects } from '../proof/backtest-result.js';
import { type Column, nameOfColumn } from './columns.js';
import type { RiskModel } from '../models/parts.js';

const Z = 1.959964;

/** What models say of each column, horizon by horizon; null stands for a horizon without a model. Coefficients are per standard deviation, with their 95 % interval. */
export function effectsOf(features: Features, models: readonly ({ readonly columns: readonly Column[]; readonly model: RiskModel } | null)[]): ColumnEffects[] {
  const all = new Map(models.flatMap((one) => one?.columns.map((column) => [nameOfColumn(column), column] as const) ?? []));
  return [...all].map(([name, column]) => ({
    column: name, label: labelOf(features, column),
    effects: models.map((one): ColumnEffect | null => {
      const place = one ? one.columns.findIndex((other) => nameOfColumn(other) === name) : -1;
      return one && place >= 0 ? effectOf(one.model, place) : null;
    }),
  }));
}

export function labelOf(features: Features, column: Column): string {
  const { label } = features.featureOf(column.feature);
  return column.kind === 'word' ? `${label} ${column.word}` : column.kind === 'unknown' ? `${label}: unknown` : label;
}

function effectOf(model: RiskModel, place: number): ColumnEffect {
  if (model.kind === 'additive') {
    const shape = model.shapes[place]!;
    const { edges } = shape;
    return { kind: 'steps', shape, from: edges[0] ?? 0, to: edges[edges.length - 1] ?? 0 };
  }
  const value = model.coefficients[place]!;
  const error = Math.sqrt(model.covariance[place + 1]![place + 1]!);
  return { kind: 'coefficient', value, low: value - Z * error, high: value + Z * error };
}

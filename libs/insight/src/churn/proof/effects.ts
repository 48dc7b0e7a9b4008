import type { Shape } from '../models/boosted.js';
import type { RiskModel } from '../models/parts.js';
import { Z95 } from './wilson.js';

/** What a model says of a column, in log-odds: the steps of an additive model, or what one standard deviation adds in a logistic one. */
export type Effect =
  | { readonly kind: 'steps'; readonly label: string; readonly shape: Shape }
  | { readonly kind: 'coefficient'; readonly label: string; readonly value: number; readonly low: number; readonly high: number };

/** By the labels of its columns, what moves most first. Columns without any effect are left out. */
export function effectsOf(model: RiskModel, labels: readonly string[]): Effect[] {
  const effects = labels.map((label, place): Effect => {
    if (model.kind === 'additive') return { kind: 'steps', label, shape: model.shapes[place]! };
    const value = model.coefficients[place]!;
    const half = Z95 * Math.sqrt(model.covariance[place + 1]![place + 1]!);
    return { kind: 'coefficient', label, value, low: value - half, high: value + half };
  });
  return effects.filter((effect) => reachOf(effect) > 0).sort((a, b) => reachOf(b) - reachOf(a));
}

const reachOf = (effect: Effect): number => (effect.kind === 'steps' ? Math.max(...effect.shape.values) - Math.min(...effect.shape.values) : Math.abs(effect.value));

import { product, type SparseVector } from './vectors.js';

export interface LinearModel {
  readonly intercept: number;
  readonly weights: Float64Array;
}

const STEPS = 150;
/** Of the logistic loss over rows of length 1 and an intercept, the curvature is nowhere more. */
const CURVATURE = 0.5;

/** The chance that a text has a label. */
export const chanceOf = (vector: SparseVector, { intercept, weights }: LinearModel): number => 1 / (1 + Math.exp(-intercept - product(vector, weights)));

/**
 * Logistic regression pulled towards 0: the mean loss plus pull / 2 x the squares of the weights, brought down by accelerated gradient steps of 1 / (greatest curvature)
 * (Y. Nesterov, 1983). The same rows give the same weights; no chance is in it. `column`: how many weights there are.
 */
export function fitLinear(rows: readonly SparseVector[], labels: Uint8Array, columns: number, pull: number): LinearModel {
  const share = Math.min(1 - 1e-6, Math.max(1e-6, labels.reduce((total, label) => total + label, 0) / rows.length));
  let [point, before] = [start(columns, Math.log(share / (1 - share))), start(columns, Math.log(share / (1 - share)))];
  const step = 1 / (CURVATURE + pull);
  for (let turn = 1; turn <= STEPS; turn++) {
    const push = (turn - 1) / (turn + 2);
    const ahead = { intercept: point.intercept + push * (point.intercept - before.intercept), weights: point.weights.map((weight, at) => weight + push * (weight - before.weights[at]!)) };
    const slope = new Float64Array(columns);
    let rise = 0;
    for (let row = 0; row < rows.length; row++) {
      const vector = rows[row]!;
      const error = (chanceOf(vector, ahead) - labels[row]!) / rows.length;
      rise += error;
      for (let at = 0; at < vector.places.length; at++) slope[vector.places[at]!]! += error * vector.values[at]!;
    }
    before = point;
    point = { intercept: ahead.intercept - step * rise, weights: ahead.weights.map((weight, at) => weight - step * (slope[at]! + pull * weight)) };
  }
  return point;
}

const start = (columns: number, intercept: number): LinearModel => ({ intercept, weights: new Float64Array(columns) });

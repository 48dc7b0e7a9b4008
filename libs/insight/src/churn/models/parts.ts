import { binOf } from './bins.js';
import type { AdditiveModel } from './boosted.js';
import type { LogisticModel } from './logistic.js';
import { checkNumbers } from './table.js';

export type RiskModel = LogisticModel | AdditiveModel;

/** The log-odds that each column adds against the average row. */
export function partsOf(model: RiskModel, values: ArrayLike<number>): Float64Array {
  const count = model.kind === 'logistic' ? model.coefficients.length : model.shapes.length;
  if (values.length !== count) throw new RangeError(`${values.length} values for a model of ${count} columns`);
  checkNumbers(values, 'a row');
  return Float64Array.from({ length: count }, model.kind === 'logistic'
    ? (_, place) => (model.coefficients[place]! * (values[place]! - model.means[place]!)) / model.deviations[place]!
    : (_, place) => partOf(model.shapes[place]!, values[place]!));
}

const partOf = ({ edges, values }: AdditiveModel['shapes'][number], value: number): number => values[binOf(value, edges)]!;

/** The intercept and every part. */
export const logOddsOf = (model: RiskModel, values: ArrayLike<number>): number => partsOf(model, values).reduce((sum, part) => sum + part, model.intercept);

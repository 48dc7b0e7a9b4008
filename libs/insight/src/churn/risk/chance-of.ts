import type { View } from '../../view.js';
import { type Features, featuresFor } from '../history/features.js';
import type { ChurnModel, HorizonModel } from '../model/churn-model.js';
import { plattLogOdds } from '../models/calibration.js';
import { logOddsOf } from '../models/parts.js';
import { sigmoid } from '../models/table.js';

/** The chance that a model of one horizon gives, calibrated. */
export function chanceOf({ model, calibration }: Pick<HorizonModel, 'model' | 'calibration'>, values: ArrayLike<number>): number {
  return sigmoid(plattLogOdds(calibration, logOddsOf(model, values)));
}

const wanted = new WeakMap<ChurnModel, ReadonlySet<string>>();

/** What the columns of a model look at, of one customer. */
export function seenBy(model: ChurnModel, view: View): { readonly features: Features; readonly values: Float64Array; readonly words: readonly string[] } {
  const only = wanted.get(model) ?? new Set(model.horizons.flatMap(({ columns }) => columns.map(({ feature }) => feature)));
  wanted.set(model, only);
  const features = featuresFor(model.horizons.map(({ horizon }) => horizon));
  return { features, ...features.of(view, only) };
}

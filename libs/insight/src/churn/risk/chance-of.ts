import type { HorizonModel } from '../model/churn-model.js';
import { plattLogOdds } from '../models/calibration.js';
import { logOddsOf } from '../models/parts.js';
import { sigmoid } from '../models/table.js';

/** The chance that a model of one horizon gives, calibrated. */
export function chanceOf({ model, calibration }: Pick<HorizonModel, 'model' | 'calibration'>, values: ArrayLike<number>): number {
  return sigmoid(plattLogOdds(calibration, logOddsOf(model, values)));
}

import type { HorizonModel } from '../model/churn-model.js';
import { sigmoid } from '../models/table.js';
import type { CalibrationBin } from '../proof/calibration-bins.js';

const Z = 1.959964;

/**
 * The 95 % interval of a chance. Logistic: from the covariance of the coefficients (delta method). Additive, whose shapes have none: from how many
 * customers of a like chance were seen out of time, as the standard error of the log-odds of a share. It is about the chance, not about whether this customer leaves.
 */
export function intervalOf({ model, calibration, departures, rows }: HorizonModel, seen: ArrayLike<number>, logOdds: number, bins: readonly CalibrationBin[] | undefined): { readonly low: number; readonly high: number } {
  const error = model.kind === 'logistic' ? Math.abs(calibration.slope) * errorOf(model, seen) : errorOfShare(sigmoid(logOdds), bins?.find(({ to }) => sigmoid(logOdds) <= to)?.rows ?? (departures > 0 ? rows / 10 : 1));
  return { low: sigmoid(logOdds - Z * error), high: sigmoid(logOdds + Z * error) };
}

function errorOf({ covariance, means, deviations }: Extract<HorizonModel['model'], { kind: 'logistic' }>, seen: ArrayLike<number>): number {
  const z = [1, ...means.map((mean, place) => (seen[place]! - mean) / deviations[place]!)];
  const variance = z.reduce((sum, one, row) => sum + z.reduce((inner, other, place) => inner + one * other * covariance[row]![place]!, 0), 0);
  return Math.sqrt(Math.max(0, variance));
}

const errorOfShare = (chance: number, n: number): number => 1 / Math.sqrt(Math.max(1, n * chance * (1 - chance)));

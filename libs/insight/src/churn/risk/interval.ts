import type { HorizonModel } from '../model/churn-model.js';
import { sigmoid } from '../models/table.js';
import type { CalibrationBin } from '../proof/calibration-bins.js';
import { Z95 } from '../proof/wilson.js';

/**
 * The 95 % interval of a chance. Logistic: from the covariance of the coefficients (delta method). Additive, whose shapes have none: from how many
 * customers of a like chance were seen out of time, as the standard error of the log-odds of a share. Where nothing is believed of the model but the share that left, as sure as that share. It is about the chance, not about whether this customer leaves.
 */
export function intervalOf({ model, calibration, departures, rows }: HorizonModel, seen: ArrayLike<number>, logOdds: number, bins: readonly CalibrationBin[] | undefined): { readonly low: number; readonly high: number } {
  const chance = sigmoid(logOdds);
  const error = calibration.slope === 0 ? 1 / Math.sqrt(Math.max(1, departures)) : model.kind === 'logistic' ? calibration.slope * errorOf(model, seen) : errorOfShare(chance, alike(chance, bins, departures) ?? (departures > 0 ? rows / 10 : 1));
  return { low: sigmoid(logOdds - Z95 * error), high: sigmoid(logOdds + Z95 * error) };
}

/** Rows out of time with a like chance, less so many as tell of the same departure again. */
function alike(chance: number, bins: readonly CalibrationBin[] | undefined, departures: number): number | undefined {
  const bin = bins?.find(({ to }) => chance <= to) ?? bins?.at(-1);
  const leavers = bins?.reduce((sum, { events }) => sum + events, 0) ?? 0;
  return bin && bin.rows * Math.min(1, leavers > 0 ? departures / leavers : 1);
}

function errorOf({ covariance, means, deviations }: Extract<HorizonModel['model'], { kind: 'logistic' }>, seen: ArrayLike<number>): number {
  const z = [1, ...means.map((mean, place) => (seen[place]! - mean) / deviations[place]!)];
  const variance = z.reduce((sum, one, row) => sum + z.reduce((inner, other, place) => inner + one * other * covariance[row]![place]!, 0), 0);
  return Math.sqrt(Math.max(0, variance));
}

const errorOfShare = (chance: number, n: number): number => 1 / Math.sqrt(Math.max(1, n * chance * (1 - chance)));

import { climb, type Hill } from './newton.js';
import { finish, type Progress } from './steps.js';
import { checkNumbers, sigmoid, softplus } from './table.js';

/** Calibrated log-odds = intercept + slope x log-odds. */
export interface Platt {
  readonly slope: number;
  readonly intercept: number;
}

const AS_IT_IS: Platt = { slope: 1, intercept: 0 };

/**
 * Platt's calibration, on rows that the model was not fitted to; `towards` counts as much as an observation of variance 1 of each of both numbers,
 * so that few rows, or rows of one label only, change little.
 */
export function fitPlatt(logOdds: Float64Array, labels: Uint8Array, { towards = AS_IT_IS }: { readonly towards?: Platt } = {}): Platt {
  checkNumbers(logOdds, 'log-odds');
  if (logOdds.length !== labels.length) throw new RangeError(`${logOdds.length} log-odds for ${labels.length} labels`);
  const { point: [intercept, slope] } = finish(climb(likelihood(logOdds, labels, towards), [towards.intercept, towards.slope]));
  return { slope: slope!, intercept: intercept! };
}

export const plattLogOdds = ({ slope, intercept }: Platt, logOdds: number): number => intercept + slope * logOdds;

function likelihood(logOdds: Float64Array, labels: Uint8Array, towards: Platt): Hill {
  const pass: Progress = { of: 'calibration', done: labels.length, all: labels.length };
  return {
    *height([intercept, slope]) {
      let sum = -((intercept! - towards.intercept) ** 2 + (slope! - towards.slope) ** 2) / 2;
      for (let row = 0; row < labels.length; row++) {
        const calibrated = intercept! + slope! * logOdds[row]!;
        sum += labels[row]! * calibrated - softplus(calibrated);
      }
      yield pass;
      return sum;
    },
    *slope([intercept, slope]) {
      let [first, second] = [towards.intercept - intercept!, towards.slope - slope!];
      let [one, both, two] = [1, 0, 1];
      for (let row = 0; row < labels.length; row++) {
        const value = logOdds[row]!;
        const chance = sigmoid(intercept! + slope! * value);
        const [rest, weight] = [labels[row]! - chance, chance * (1 - chance)];
        first += rest;
        second += rest * value;
        one += weight;
        both += weight * value;
        two += weight * value ** 2;
      }
      yield pass;
      return { gradient: [first, second], curvature: [[one, both], [both, two]] };
    },
  };
}

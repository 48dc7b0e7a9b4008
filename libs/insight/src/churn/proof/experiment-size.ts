import { Z95 } from './wilson.js';

/** Below it lie 80 % of a normal distribution: the chance to see an effect that is there. */
const POWER80 = 0.8416212335729143;
const YEAR = 12;

export interface ExperimentPlan {
  /** Share of the customers that leave in a month when nothing is done. */
  readonly monthlyRate: number;
  /** Part of them that would stay: 0.25 turns 2 % into 1.5 %. */
  readonly effect: number;
  /** Share of the customers that is held out. */
  readonly heldOut: number;
  /** Customers who take part, treated and held out. */
  readonly customers: number;
}

export interface ExperimentSize {
  /** Months of customers, treated and held out together. */
  readonly customerMonths: number;
  /** With as many customers as there are. */
  readonly months: number;
  /** To see it within a year. */
  readonly customersForAYear: number;
}

/**
 * How long it takes to show an effect of that size in four of five experiments, by a two-sided test at 5 % of two shares (J. L. Fleiss, Statistical Methods for Rates and Proportions, 1981, formula 3.19).
 * Every month of a customer counts as one look. Null where nothing could ever be shown: no effect, nobody held out or treated, nobody there.
 */
export function experimentSize({ monthlyRate, effect, heldOut, customers }: ExperimentPlan): ExperimentSize | null {
  const treated = monthlyRate * (1 - effect);
  if (!(monthlyRate > 0 && monthlyRate < 1 && treated >= 0 && treated < 1 && treated !== monthlyRate && heldOut > 0 && heldOut < 1 && customers > 0)) return null;
  const mean = heldOut * monthlyRate + (1 - heldOut) * treated;
  const same = Math.sqrt((mean * (1 - mean)) * (1 / heldOut + 1 / (1 - heldOut)));
  const apart = Math.sqrt((monthlyRate * (1 - monthlyRate)) / heldOut + (treated * (1 - treated)) / (1 - heldOut));
  const needed = ((Z95 * same + POWER80 * apart) / (monthlyRate - treated)) ** 2;
  return { customerMonths: Math.ceil(needed), months: Math.ceil(needed / customers), customersForAYear: Math.ceil(needed / YEAR) };
}

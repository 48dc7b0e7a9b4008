import type { Money } from '../../sheet/fact.js';
import type { ChurnModel } from '../model/churn-model.js';

/** The horizon, in days, that lists sort by and sentences speak of. */
export const HEADLINE = 90;

/** Yearly amounts times a chance, per currency in minor units. */
export function amountsAtRisk(yearly: readonly Money[], chance: number): Money[] {
  return yearly.map(({ amount, currency }) => ({ amount: Math.round(amount * chance), currency }));
}

/** The chance that a notice stands: as if of ten earlier ones one had been withdrawn, the share of those that are withdrawn is taken off. It holds for every horizon, as models foretell notices. */
export function chanceAfterNotice({ notices }: ChurnModel): number {
  return 1 - (Math.min(notices.withdrawn, notices.given) + 1) / (notices.given + 10);
}

/** What counts as income of a customer. `payments-or-subscription`: payments in each currency in which any is known, else what the subscriptions come to by day. */
export const INCOMES = ['payments-or-subscription', 'payments', 'invoices', 'subscription'] as const;
export type Income = (typeof INCOMES)[number];

/** How figures of economics are worked out. Every answer carries the one that it was worked out with. */
export interface EconomicsPolicy {
  readonly income: Income;
  /** Costs of service with these drivers are costs of revenue; null: all are. */
  readonly costOfRevenue: readonly string[] | null;
  /** Figures look back so many days where no time is chosen. */
  readonly windowDays: number;
  /** LTV counts at most so many months of a customer. */
  readonly horizonMonths: number;
  /** Lower edges of the middle and the upper band of fit, of 100. */
  readonly fitBands: readonly [middle: number, good: number];
  /** Who left within so many months of the sale has churned, in figures of fit; who was sold to later is not counted yet. */
  readonly fitMonths: number;
}

/** What holds where nobody asks for another. */
export const usualEconomics: EconomicsPolicy = { income: 'payments-or-subscription', costOfRevenue: null, windowDays: 365, horizonMonths: 60, fitBands: [50, 75], fitMonths: 12 };

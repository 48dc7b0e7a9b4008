import type { JourneyEvent } from '#journey';
import type { Money } from '../sheet/fact.js';
import type { RevenuePolicy } from './policy.js';
import type { Convert } from './rates.js';
import { type HistoryOptions, recurringOf, type RevenueEvent, subscriptionHistory, type SubscriptionState } from './subscription-history.js';

/** What one subscription brings in a year. */
export interface RecurringPart {
  readonly subscription: string;
  readonly product: string | null;
  /** As it is paid, a year, in minor units. */
  readonly native: Money;
  /** In minor units of the reporting currency; null: no rate is known. */
  readonly amount: number | null;
  /** The facts that say that it runs, and what it pays. */
  readonly events: readonly RevenueEvent[];
}

export interface Recurring {
  /** Annual recurring revenue, in minor units of the reporting currency; of what can be converted. */
  readonly amount: number;
  readonly parts: readonly RecurringPart[];
}

export interface RecurringOptions extends HistoryOptions {
  readonly convert: Convert;
  /** Only subscriptions to this product; null: to none that is named. */
  readonly product?: string | null;
}

/** What a customer brings in a year at a moment (`until`, included), subscription by subscription. Facts: of the customer and of all who are merged into it, as corrections left them, in any order. */
export function recurringAt(facts: readonly JourneyEvent[], options: RecurringOptions): Recurring {
  return recurringIn(subscriptionHistory(facts, options), Date.parse(options.until), options);
}

/** The same of a history that is known already, at a moment in ms. */
export function recurringIn(history: readonly SubscriptionState[], at: number, { policy, convert, product }: Pick<RecurringOptions, 'policy' | 'convert' | 'product'>): Recurring {
  const newest = new Map<string, SubscriptionState>();
  for (const state of history) if (state.at <= at) newest.set(state.id, state);
  const parts = [...newest.values()].flatMap((state) => partOf(state, policy, convert, product) ?? []).sort((a, b) => (a.subscription < b.subscription ? -1 : 1));
  return { amount: parts.reduce((sum, part) => sum + (part.amount ?? 0), 0), parts };
}

/** Null where it brings nothing. */
export function partOf(state: SubscriptionState, policy: RevenuePolicy, convert: Convert, product?: string | null): RecurringPart | null {
  const native = recurringOf(state, policy);
  if (native === null || native.amount === 0 || (product !== undefined && state.product !== product)) return null;
  const { running, amount } = state.setBy;
  return { subscription: state.id, product: state.product, native, amount: convert(native), events: amount && amount !== running ? [running, amount] : [running] };
}

import type { JourneyEvent } from '#journey';
import { groupsOf } from '../experience/figure.js';
import { earnedBy } from './earned.js';
import { type Movement, movementsOf } from './movements.js';
import type { RevenuePolicy } from './policy.js';
import type { Convert } from './rates.js';
import { type Recurring, recurringIn } from './recurring-at.js';
import { termsOf, type RenewalTerm } from './renewals.js';
import { type RevenueCalendar, subscriptionHistory } from './subscription-history.js';

/** A stretch of time, from `begins` to before `ends` (RFC 3339); nothing after `until` counts. */
export interface RevenuePeriod {
  readonly begins: string;
  readonly ends: string;
  readonly until: string;
}

export interface LedgerOptions {
  readonly period: RevenuePeriod;
  readonly policy: RevenuePolicy;
  readonly calendar: RevenueCalendar;
  readonly convert: Convert;
  readonly product?: string | null;
}

/** One customer over a period: what it brought in a year when the period began and when it ended, and every movement in between. */
export interface CustomerLedger {
  readonly customer: string;
  /** Whose facts these are; another than `customer` where a policy counts merged customers apart. */
  readonly unit: string;
  readonly start: Recurring;
  readonly end: Recurring;
  readonly movements: readonly Movement[];
  /** The terms of its subscriptions that are due, or decided, in the period. */
  readonly renewals: readonly RenewalTerm[];
  /** Whether a subscription was told of by then. */
  readonly isTold: boolean;
  /** Whether of any of its subscriptions the end of a term is known. */
  readonly hasTerms: boolean;
  /** Whether the customer came through others; null: nobody said how. Of customers that became one in the period. */
  readonly earned: boolean | null;
}

/** The ledgers of a customer: one, or where the policy counts merged customers apart one for each. Facts as in `recurringAt`. */
export function ledgersOf(customer: string, facts: readonly JourneyEvent[], options: LedgerOptions): CustomerLedger[] {
  if (options.policy.merge === 'together') return [ledgerOf(customer, customer, facts, options)];
  return [...groupsOf(facts, ({ stream }) => stream.id)].map(([unit, own]) => ledgerOf(customer, unit, own, options)).sort((a, b) => (a.unit < b.unit ? -1 : 1));
}

function ledgerOf(customer: string, unit: string, facts: readonly JourneyEvent[], { period, ...options }: LedgerOptions): CustomerLedger {
  const { policy, calendar, convert, product } = options;
  const history = subscriptionHistory(facts, { customer: unit, policy, calendar, until: period.until });
  const [begins, ends] = [Date.parse(period.begins), Date.parse(period.ends)];
  const movements = movementsOf(history, options, [begins, ends]).filter(({ at }) => Date.parse(at) >= begins && Date.parse(at) < ends);
  return {
    customer, unit, start: recurringIn(history, begins - 1, options), end: recurringIn(history, ends - 1, options), movements,
    renewals: termsOf(history, { period, policy, calendar, convert, product }),
    isTold: history.length > 0, hasTerms: history.some(({ renewsOn, termMonths }) => renewsOn !== null || termMonths !== null), earned: movements.some(({ kind }) => kind === 'new') ? earnedBy(facts, period, policy) : null,
  };
}

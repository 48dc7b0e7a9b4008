import { dateOfDay } from '../day.js';
import { nextDue } from './due.js';
import type { RevenuePolicy } from './policy.js';
import type { Convert } from './rates.js';
import { partOf } from './recurring-at.js';
import type { RevenueEvent, SubscriptionState } from './subscription-history.js';

/** What a customer could end, and how soon, were it to say so today. */
export interface Terminable {
  readonly subscription: string;
  readonly product: string | null;
  /** ARR in minor units of the reporting currency; null: no rate is known. */
  readonly amount: number | null;
  /** The first day on which it can end; null: its terms are not known. */
  readonly endsOn: string | null;
  /** Days until then. */
  readonly days: number | null;
  /** `given`: notice was given already; `rolling`: no term binds it. */
  readonly because: 'given' | 'term' | 'next-term' | 'rolling' | 'unknown';
  readonly events: readonly RevenueEvent[];
}

/** The running subscriptions of a history as they are on its last day, `today`. */
export function terminableOn(history: readonly SubscriptionState[], today: number, { policy, convert }: { readonly policy: RevenuePolicy; readonly convert: Convert }): Terminable[] {
  const newest = new Map(history.map((state) => [state.id, state]));
  return [...newest.values()].flatMap((state): Terminable[] => {
    const part = partOf(state, policy, convert);
    if (part === null) return [];
    const { endsOn, because } = endOf(state, today);
    return [{ subscription: state.id, product: state.product, amount: part.amount, endsOn: endsOn === null ? null : dateOfDay(endsOn), days: endsOn === null ? null : endsOn - today, because, events: part.events }];
  }).sort((a, b) => (a.days ?? Infinity) - (b.days ?? Infinity) || (a.subscription < b.subscription ? -1 : 1));
}

function endOf(state: SubscriptionState, today: number): { readonly endsOn: number | null; readonly because: Terminable['because'] } {
  const { notice, noticeDays, autoRenew, termMonths } = state;
  if (notice) return { endsOn: Math.max(today, notice.effectiveOn ?? nextDue(state, today) ?? today), because: 'given' };
  const due = nextDue(state, today);
  if (due === null) {
    // Without a term, or past it, only the notice binds; where nothing was ever said of either, nobody knows.
    const isKnown = noticeDays !== null || state.renewsOn !== null || termMonths !== null;
    return isKnown ? { endsOn: today + (noticeDays ?? 0), because: 'rolling' } : { endsOn: null, because: 'unknown' };
  }
  if (!autoRenew || today <= due - (noticeDays ?? 0)) return { endsOn: due, because: 'term' };
  // The day for notice is past: it runs one more term.
  const next = nextDue(state, due + 1);
  return next === null ? { endsOn: null, because: 'unknown' } : { endsOn: next, because: 'next-term' };
}

import type { CustomerLedger } from './ledger.js';
import type { RevenuePolicy } from './policy.js';
import { revenueFigures, type RevenueFigures } from './portfolio.js';

/** Figures of a portfolio as they are told: what nothing was told of is null, never 0, and `missing` says what it would take. */
export interface MeasuredRevenue extends Omit<RevenueFigures, 'waterfall' | 'logos' | 'renewals' | 'newCustomers'> {
  readonly waterfall: RevenueFigures['waterfall'] | null;
  readonly logos: RevenueFigures['logos'] | null;
  readonly renewals: RevenueFigures['renewals'] | null;
  readonly missing: { readonly arr: string | null; readonly renewals: string | null };
}

/** `currency`: what amounts are told in; null while nobody ever said what is paid. */
export function measuredRevenue(ledgers: readonly CustomerLedger[], policy: RevenuePolicy, currency: string | null): MeasuredRevenue {
  const { newCustomers: _, ...figures } = revenueFigures(ledgers, policy);
  const arr = arrLacks(ledgers, currency);
  const renewals = arr ?? (ledgers.some(({ hasTerms }) => hasTerms) ? null : NO_TERMS);
  return { ...figures, ...(arr !== null && { waterfall: null, logos: null }), ...(renewals !== null && { renewals: null }), missing: { arr, renewals } };
}

const NO_TERMS = 'nobody said when a term ends; needs renewsOn or termMonths in subscription.started, or renewal.opened';

/** Why recurring revenue is not measured; null where it is. Who has left brings 0, which is measured. */
export function arrLacks(ledgers: readonly CustomerLedger[], currency: string | null): string | null {
  if (!ledgers.some(({ isTold }) => isTold)) return 'no customer has a subscription; needs subscription.started';
  if (currency === null) return 'nobody said what a subscription pays; needs recurring in subscription.started';
  const parts = ledgers.flatMap(({ start, end }) => [...start.parts, ...end.parts]);
  const isCounted = parts.length === 0 || parts.some(({ amount }) => amount !== null) || ledgers.some(({ movements }) => movements.length > 0);
  return isCounted ? null : `no rate of ${[...new Set(parts.map(({ native }) => native.currency))].sort().join(', ')} is known; needs PUT /v1/revenue/settings/rates`;
}

import type { EventRef } from '#journey';

/** What a fact did to us, in whole minor units: above 0 it was earned, below 0 it was spent. Sums of lines are therefore exact. */
export interface LedgerLine {
  /** When it counts (RFC 3339). */
  readonly at: string;
  /** The same on the tenant's calendar. */
  readonly day: number;
  readonly kind: 'acquisition' | 'income' | 'service';
  readonly amount: number;
  readonly currency: string;
  /** As it was told, where that was another currency. */
  readonly native?: { readonly amount: number; readonly currency: string };
  /** Null: nobody said. */
  readonly product: string | null;
  /** Of a cost of service. */
  readonly driver: string | null;
  readonly ticket: string | null;
  /** The invoice or the subscription that it comes from. */
  readonly of: string | null;
  /** A cost of service that is no cost of revenue under the policy: shown, and in no margin. */
  readonly left: boolean;
  readonly events: readonly LedgerEvent[];
}

export interface LedgerEvent extends EventRef { readonly type: string }

export const refOf = ({ source, id, type }: LedgerEvent): LedgerEvent => ({ source, id, type });

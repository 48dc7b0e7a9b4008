import { groupsOf } from '../experience/figure.js';
import type { Money } from '../sheet/fact.js';
import { amountIn, type DemandAccount, mainCurrency } from './account.js';

/** What a customer pays a year against the median of its segment: of the running customers looked at that pay in the same currency, itself among them. */
export interface PaysForKind {
  readonly segment: string | null;
  /** Null under five of them, or without a segment. */
  readonly median: Money | null;
  /** What it pays, over the median: 1 and more is well paying for its kind. */
  readonly ratio: number | null;
  readonly n: number;
}

/** A median of fewer says nothing of a kind. */
const LEAST = 5;

/** Of these customers, worked out once for each kind. */
export function paysForKindAmong(all: readonly DemandAccount[]): (account: DemandAccount) => PaysForKind {
  const bySegment = groupsOf(all.filter(({ current }) => current), ({ segment }) => segment);
  const known = new Map<string, number[]>();
  const kindOf = (segment: string, currency: string): number[] => {
    const key = JSON.stringify([segment, currency]);
    const kind = known.get(key) ?? (bySegment.get(segment) ?? []).map(({ arr }) => amountIn(arr, currency)).filter((amount) => amount > 0).sort((a, b) => a - b);
    known.set(key, kind);
    return kind;
  };
  return ({ arr, segment }) => {
    const currency = mainCurrency([{ arr }]);
    const kind = segment === null || currency === null ? [] : kindOf(segment, currency);
    if (kind.length < LEAST) return { segment, median: null, ratio: null, n: kind.length };
    const half = kind.length / 2;
    const median = Math.round((kind[Math.ceil(half) - 1]! + kind[Math.floor(half)]!) / 2);
    return { segment, median: { amount: median, currency: currency! }, ratio: Math.round((amountIn(arr, currency) / median) * 100) / 100, n: kind.length };
  };
}

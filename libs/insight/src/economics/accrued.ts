import { dateOfDay, dateAt } from '../day.js';
import type { LedgerEvent, LedgerLine } from './ledger-line.js';

/** Days on which a subscription came to one and the same yearly amount, with the facts that say so. */
export interface Stretch {
  readonly subscription: string;
  readonly product: string | null;
  readonly from: number;
  /** The first day on which it is no longer so. */
  readonly to: number;
  readonly yearly: { readonly amount: number; readonly currency: string };
  readonly events: readonly LedgerEvent[];
}

const YEAR = 365;

/** Income by day: so much of the yearly amount as the days are of 365, a line a month, and one more where a month is cut (`cuts`: days before which one ends). Rounded so that the lines of a stretch add up to the whole of it. */
export function accruedOf(stretches: readonly Stretch[], cuts: readonly number[] = []): LedgerLine[] {
  return stretches.flatMap((stretch) => {
    const due = (day: number) => Math.round((stretch.yearly.amount * (day - stretch.from)) / YEAR);
    const lines: LedgerLine[] = [];
    for (let from = stretch.from; from < stretch.to;) {
      const to = Math.min(stretch.to, monthAfter(from), ...cuts.filter((cut) => cut > from));
      const amount = due(to) - due(from);
      if (amount !== 0) {
        lines.push({
          at: `${dateOfDay(to - 1)}T23:59:59.999Z`, day: to - 1, kind: 'income', amount, currency: stretch.yearly.currency, product: stretch.product, driver: null, ticket: null, of: stretch.subscription, left: false, events: stretch.events,
        });
      }
      from = to;
    }
    return lines;
  });
}

/** The first day of the next month. */
function monthAfter(day: number): number {
  const date = dateAt(day);
  return Math.floor(Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + 1, 1) / 86_400_000);
}

import type { JourneyEvent } from '#journey';
import type { DayOf } from '../day.js';
import { groupsOf } from '../experience/figure.js';
import { money, text } from '../sheet/fact.js';
import { type LedgerLine, refOf } from './ledger-line.js';

/** Income by invoices: what was paid, or what was issued. */
export interface Invoiced {
  readonly lines: readonly LedgerLine[];
  /** Invoices that were paid and of which nobody told the amount. */
  readonly withoutAmount: number;
  /** Invoices of which only the gross amount is told: it stands for the net one. */
  readonly gross: number;
}

/**
 * `paid`: an invoice counts when it was paid, with its net amount less what was credited by then; what is credited later counts then. Else: when it was issued, or credited.
 * A credit note is gross: its net share is that of its invoice, rounded per note. Whoever pays twice is counted once.
 */
export function invoicedOf(events: readonly JourneyEvent[], paid: boolean, dayOf: DayOf): Invoiced {
  const lines: LedgerLine[] = [];
  let [withoutAmount, gross] = [0, 0];
  for (const [invoice, facts] of groupsOf(events.filter(({ type }) => type.startsWith('invoice.')), ({ data }) => text(data['invoice']))) {
    const issued = facts.find(({ type }) => type === 'invoice.issued');
    const payment = facts.find(({ type }) => type === 'invoice.paid');
    const due = money(issued?.data['amount']);
    if (paid && payment && !due) withoutAmount += 1;
    const begin = paid ? payment : issued;
    if (!issued || !due || !begin) continue;
    const net = money(issued.data['net']);
    if (!net) gross += 1;
    const share = net && due.amount !== 0 ? net.amount / due.amount : 1;
    const line = (at: JourneyEvent, amount: number, refs: readonly JourneyEvent[]): LedgerLine => ({
      at: at.occurredAt, day: dayOf(at.occurredAt), kind: 'income', amount, currency: due.currency, product: text(issued.data['product']) ?? null, driver: null, ticket: null, of: invoice ?? null, left: false, events: refs.map(refOf),
    });
    lines.push(line(begin, (net ?? due).amount, begin === issued ? [issued] : [issued, begin]));
    for (const credit of facts.filter(({ type }) => type === 'invoice.credited')) {
      const amount = money(credit.data['amount']);
      if (amount?.currency === due.currency) lines.push(line(Date.parse(credit.occurredAt) < Date.parse(begin.occurredAt) ? begin : credit, -Math.round(amount.amount * share), [credit]));
    }
  }
  return { lines, withoutAmount, gross };
}

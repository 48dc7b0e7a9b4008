import { refKey } from '#journey';
import { plural } from '../words.js';
import type { ReportBook } from './book.js';
import type { MoneyKind } from './figure.js';

type Booked = Pick<ReportBook, 'accounts' | 'ledgers' | 'spans' | 'currency'>;

interface Left { readonly customer: string; readonly currency: string; readonly fact: string }

/** Amounts of the quarter reported that no rate turns into the reporting currency: what is paid recurring, and what was earned or cost. */
function leftOf({ accounts, ledgers, spans, currency }: Booked): Readonly<Record<MoneyKind, readonly Left[]>> {
  const [{ from, to }] = spans as [ReportBook['spans'][number]];
  return {
    recurring: ledgers[0]!.flatMap(({ start, end }, place) => [...start.parts, ...end.parts].filter(({ amount }) => amount === null).map(({ native, subscription }) => ({ customer: accounts[place]!.customer, currency: native.currency, fact: subscription }))),
    ledger: accounts.flatMap(({ customer, economics }) => economics.ledger.lines.filter((line) => line.day >= from && line.day <= to && line.currency !== currency && line.kind !== 'acquisition')
      .flatMap((line) => line.events.map((event) => ({ customer, currency: line.currency, fact: refKey(event) })))),
  };
}

/** The customers of whom amounts are left out, by what the amounts are. */
export function leftOut(book: Booked): Readonly<Record<MoneyKind, ReadonlySet<string>>> {
  const { recurring, ledger } = leftOf(book);
  return { recurring: new Set(recurring.map(({ customer }) => customer)), ledger: new Set(ledger.map(({ customer }) => customer)) };
}

/** What is in no sum for want of a rate, counted. */
export function leftOutSays(book: ReportBook): string {
  const { recurring, ledger } = leftOf(book);
  const [{ from, to }] = book.spans as [ReportBook['spans'][number]];
  const spend = book.segment !== null ? [] : book.company.spend(from, to).filter(({ currency, acquire }) => book.convert({ currency, amount: acquire }) === null);
  const of = (left: readonly { readonly currency: string }[]) => [...new Set(left.map(({ currency }) => currency))].sort().join(', ');
  const customers = (left: readonly Left[]) => plural(new Set(left.map(({ customer }) => customer)).size, 'customer');
  const distinct = (left: readonly Left[]) => new Set(left.map(({ customer, fact }) => `${customer} ${fact}`)).size;
  const parts = [
    ...(recurring.length === 0 ? [] : [`what ${customers(recurring)} pay${new Set(recurring.map(({ customer }) => customer)).size === 1 ? 's' : ''} for ${plural(distinct(recurring), 'subscription')} (${of(recurring)})`]),
    ...(ledger.length === 0 ? [] : [`income and costs by ${plural(distinct(ledger), 'fact')} of ${customers(ledger)} (${of(ledger)})`]),
    ...(spend.length === 0 ? [] : [`spend by ${plural(spend.reduce((sum, { entries }) => sum + entries.length, 0), 'entry', 'entries')} (${of(spend)})`]),
  ];
  return parts.length === 0 ? 'No amount is left out.' : `In no sum, as no rate turns it into ${book.currency}: ${parts.join('; ')}.`;
}

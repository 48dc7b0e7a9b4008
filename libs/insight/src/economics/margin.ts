import { type Figure, groupsOf, meanOf, sum } from '../experience/figure.js';
import type { LedgerLine } from './ledger-line.js';

/** What was earned and what it cost to serve, in minor units of one currency. */
export interface Margin {
  readonly income: number;
  /** Costs of revenue, as a positive number. */
  readonly costToServe: number;
  readonly contribution: number;
  /** Contribution over income; null where nothing came in, or no cost of service is known: that is no margin of 100 %. */
  readonly share: number | null;
  /** Lines that were counted. */
  readonly n: number;
}

/** Contribution margin: income less what serving cost. Costs of winning customers, and costs that the policy leaves out, are in none. */
export function marginOf(lines: readonly LedgerLine[]): Margin {
  const counted = lines.filter(({ kind, left }) => kind !== 'acquisition' && !left);
  const income = sum(counted.filter(({ kind }) => kind === 'income').map(({ amount }) => amount));
  const cost = sum(counted.filter(({ kind }) => kind === 'service').map(({ amount }) => amount));
  return { income, costToServe: 0 - cost, contribution: income + cost, share: income > 0 && counted.some(({ kind }) => kind === 'service') ? (income + cost) / income : null, n: counted.length };
}

/** One part of the costs to serve: of a driver, or with what was earned by a product. `key` null: nobody said of which. */
export type KeyedMargin = Margin & { readonly key: string | null };

export const marginsBy = (lines: readonly LedgerLine[], by: 'product' | 'driver'): KeyedMargin[] =>
  [...groupsOf(lines.filter(({ kind }) => kind === 'service' || (by === 'product' && kind === 'income')), (line) => line[by])]
    .map(([key, own]) => ({ key, ...marginOf(own) })).filter(({ n }) => n > 0)
    .sort((a, b) => b.costToServe - a.costToServe || b.income - a.income || ((a.key ?? '') < (b.key ?? '') ? -1 : 1));

/** Mean cost of a ticket over those with any cost, with Student's interval; tickets of two customers may share a number. */
export function costPerTicket(lines: readonly (LedgerLine & { readonly customer: string })[]): Figure {
  const costs = lines.filter(({ kind, ticket, left }) => kind === 'service' && ticket !== null && !left);
  return meanOf([...groupsOf(costs, ({ customer, ticket }) => JSON.stringify([customer, ticket])).values()].map((own) => 0 - sum(own.map(({ amount }) => amount))));
}

import { Query } from '@nestjs/cqrs';
import { accountEconomics, type AccountEconomics, currenciesOf, type Margin } from '#insight';
import { rounded } from '../experience/measures.js';
import { QueryRefused, type ReadModelOptions } from '../reading.js';
import { type BookOptions, daysOf, openBook, type Told } from './book.js';
import type { CustomerEconomics } from './customers.js';

export const ECONOMICS_SORTS = ['contribution', '-contribution', '-income', '-costToServe', 'margin', '-margin', '-cac', '-unrecovered', '-atRisk', 'payback', '-payback'] as const;
export type EconomicsSort = (typeof ECONOMICS_SORTS)[number];

export interface EconomicsListOptions extends Omit<BookOptions, 'customer'> {
  readonly currency?: string;
  /** Only customers who cost more to serve than they brought in, in the days looked at. */
  readonly negative?: boolean;
  readonly sort?: EconomicsSort;
  readonly limit?: number;
  readonly cursor?: string;
}

/** One customer in one currency. */
export interface EconomicsLine {
  readonly customer: string;
  readonly name: string | null;
  readonly segment: string | null;
  readonly owner: string | null;
  readonly currency: string;
  /** Of the days looked at. */
  readonly margin: Margin;
  /** Of its whole life; null where no cost of winning it is known. */
  readonly recovery: (Omit<NonNullable<AccountEconomics['recovery']>, 'since'> & { readonly reached: boolean }) | null;
  readonly risk: number | null;
  readonly atRisk: number | null;
  readonly left: boolean;
}

export interface EconomicsList extends Told {
  readonly sort: EconomicsSort;
  /** So many lines there are in all. */
  readonly total: number;
  readonly customers: readonly EconomicsLine[];
  /** Gives the next page, as things stand then: name `asOf` for pages that do not shift. */
  readonly next: string | null;
}

export class ListEconomics extends Query<EconomicsList> {
  constructor(readonly options: EconomicsListOptions) {
    super();
  }
}

export async function listEconomics(model: ReadModelOptions, { currency, negative = false, sort = 'contribution', limit = 50, cursor, ...options }: EconomicsListOptions): Promise<EconomicsList> {
  const start = cursor === undefined ? 0 : /^\d{1,9}$/.test(cursor) ? Number(cursor) : NaN;
  if (Number.isNaN(start)) throw new QueryRefused('invalid-parameter', 'cursor must be `next` of the page before.', 'cursor');
  const { told, window, customers } = await openBook(model, options);
  const days = daysOf(window);
  const lines = customers.flatMap((customer) => currenciesOf(customer).filter((each) => currency === undefined || each === currency).map((each) => lineOf(customer, accountEconomics(customer, each, days))))
    .filter(({ margin }) => !negative || margin.contribution < 0).sort(inOrder(sort));
  return rounded({ ...told, sort, total: lines.length, customers: lines.slice(start, start + limit), next: start + limit < lines.length ? String(start + limit) : null });
}

export function lineOf({ name, segment, owner, risk, leftOn }: CustomerEconomics, { customer, currency, margin, recovery, atRisk }: AccountEconomics): EconomicsLine {
  const told = recovery && { cac: recovery.cac, recovered: recovery.recovered, unrecovered: recovery.unrecovered, paybackMonths: recovery.paybackMonths, watched: recovery.watched, reached: recovery.paybackMonths !== null };
  return { customer, name, segment, owner, currency, margin, recovery: told, risk, atRisk, left: leftOn !== null };
}

const VALUES: Readonly<Record<string, (line: EconomicsLine) => number | null>> = {
  contribution: ({ margin }) => margin.contribution, income: ({ margin }) => margin.income, costToServe: ({ margin }) => margin.costToServe, margin: ({ margin }) => margin.share, cac: ({ recovery }) => recovery?.cac ?? null,
  unrecovered: ({ recovery }) => recovery?.unrecovered ?? null, atRisk: ({ atRisk }) => atRisk, payback: ({ recovery }) => recovery?.paybackMonths ?? null,
};

/** What is not known comes last, whichever way. */
function inOrder(sort: EconomicsSort) {
  const [turned, valueOf] = [sort.startsWith('-') ? -1 : 1, VALUES[sort.replace('-', '')]!];
  return (a: EconomicsLine, b: EconomicsLine): number => {
    const [one, other] = [valueOf(a), valueOf(b)];
    if (one === null || other === null) return Number(one === null) - Number(other === null) || (a.customer < b.customer ? -1 : 1);
    return turned * (one - other) || (a.customer < b.customer ? -1 : 1);
  };
}

import { Query } from '@nestjs/cqrs';
import { accountEconomics, type AccountEconomics, currenciesOf, type Margin } from '#insight';
import { cursorOfFirstPage, firstPageOf } from '../customers/first-page.js';
import { cursorInto, freezeOrder, frozenPage } from '../customers/frozen-order.js';
import { rounded } from '../experience/measures.js';
import type { ReadModelOptions } from '../reading.js';
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
  /** Gives the next page; null at the end. Good for ten minutes. */
  readonly next: string | null;
}

export class ListEconomics extends Query<EconomicsList> {
  constructor(readonly options: EconomicsListOptions) {
    super();
  }
}

/**
 * No line is shown twice or never while figures move, as in `listCustomers`: the first page's cursor says which it showed, and who turns it has the order of all others frozen for ten minutes.
 * Figures are those of the moment in which a page is asked for; a line that is no longer there by then is left out.
 */
export async function listEconomics(model: ReadModelOptions, { currency, negative = false, sort = 'contribution', limit = 50, cursor, ...options }: EconomicsListOptions): Promise<EconomicsList> {
  const { tenant } = options;
  const first = cursor === undefined ? null : firstPageOf(cursor, tenant, model.now());
  const frozen = cursor === undefined || first ? null : await frozenPage(model, tenant, cursor, limit);
  const { told, window, customers } = await openBook(model, options);
  const days = daysOf(window);
  const lines = customers.flatMap((customer) => currenciesOf(customer).filter((each) => currency === undefined || each === currency).map((each) => lineOf(customer, accountEconomics(customer, each, days))));
  const counted = lines.filter(({ margin }) => !negative || margin.contribution < 0);
  const answer = { ...told, sort, total: counted.length };
  if (frozen) {
    const byKey = new Map(lines.map((line) => [keyOf(line), line]));
    return rounded({ ...answer, customers: frozen.ids.flatMap((key) => byKey.get(key) ?? []), next: frozen.next });
  }
  const rest = counted.filter((line) => !first?.hasShown(keyOf(line))).sort(inOrder(sort));
  const [shown, hasMore] = [rest.slice(0, limit), rest.length > limit];
  const next = !hasMore ? null : first ? cursorInto(await freezeOrder(model, tenant, rest.map(keyOf)), limit) : cursorOfFirstPage(tenant, {}, shown.map(keyOf), model.now());
  return rounded({ ...answer, customers: shown, next });
}

const keyOf = ({ customer, currency }: EconomicsLine): string => `${customer} ${currency}`;

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

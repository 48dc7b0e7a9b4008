import { Query } from '@nestjs/cqrs';
import { alternativesOn, type ComparedAlternative, comparedAlternatives, economicsFigures, type EconomicsFigures, type RevenueFigures, type RevenueRatio, type Spend, spendOf } from '#insight';
import { rounded } from '../experience/measures.js';
import { groupBy } from '../group-by.js';
import type { ReadModelOptions } from '../reading.js';
import { type BookOptions, currenciesIn, daysOf, openBook, type Told } from './book.js';
import type { CustomerEconomics } from './customers.js';
import { ECONOMICS_METHODS } from './methods.js';
import { revenueIn } from './revenue-of.js';

export const ECONOMICS_GROUPS = ['segment', 'owner', 'industry', 'region'] as const;
export type EconomicsGroup = (typeof ECONOMICS_GROUPS)[number];

export interface GetEconomicsOptions extends Omit<BookOptions, 'customer'> {
  readonly by?: EconomicsGroup;
}

/** One block of figures for the reporting currency, and one for each that cannot be converted to it: amounts of two blocks are never added up. */
export interface EconomicsAnswer extends Told {
  readonly segment: string | null;
  readonly currencies: readonly EconomicsFigures[];
  /** What we spent on winning and on keeping customers, beside net revenue retention; not told of segments. */
  readonly spend: readonly (Spend & { readonly nrr: RevenueRatio })[] | null;
  /** What others would take, beside what the same cost us; in the currency of their price. */
  readonly alternatives: readonly ComparedAlternative[];
  readonly by: EconomicsGroup | null;
  readonly groups: readonly { readonly key: string | null; readonly customers: number; readonly currencies: readonly EconomicsFigures[] }[];
  readonly methods: Readonly<Record<string, string>>;
}

export class GetEconomics extends Query<EconomicsAnswer> {
  constructor(readonly options: GetEconomicsOptions) {
    super();
  }
}

export async function getEconomics(model: ReadModelOptions, { by, ...options }: GetEconomicsOptions): Promise<EconomicsAnswer> {
  const book = await openBook(model, options);
  const { told, window, policy, rates, into, customers } = book;
  const days = daysOf(window);
  const spend = options.segment === undefined ? spendOf(book.spend, days.from, Math.min(days.to, days.day), into) : null;
  const revenues = new Map<string, RevenueFigures>();
  for (const currency of new Set([...currenciesIn(customers, rates), ...spend?.map((each) => each.currency) ?? []])) revenues.set(currency, await revenueIn(customers, currency, book));
  const figures = async (some: readonly CustomerEconomics[], spent: readonly Spend[] | null) => {
    const made: EconomicsFigures[] = [];
    for (const currency of currenciesIn(some, rates)) {
      const revenue = some === customers ? revenues.get(currency)! : await revenueIn(some, currency, book);
      made.push(economicsFigures(some, currency, { ...days, policy, acquire: acquireOf(spent, currency), revenue }));
    }
    return made;
  };
  const grouped = [];
  for (const [key, some] of by === undefined ? [] : groupBy(customers, (customer) => customer[by])) grouped.push({ key, customers: some.length, currencies: await figures(some, null) });
  return rounded({
    ...told, segment: options.segment ?? null, currencies: await figures(customers, spend),
    spend: spend?.map((each) => ({ ...each, nrr: revenues.get(each.currency)!.nrr })) ?? null, alternatives: comparedAlternatives(alternativesOn(book.spend, Math.min(days.to, days.day)), customers, days, into), by: by ?? null,
    groups: grouped.sort((a, b) => b.customers - a.customers || ((a.key ?? '') < (b.key ?? '') ? -1 : 1)),
    methods: ECONOMICS_METHODS,
  });
}

const acquireOf = (spend: readonly Spend[] | null, currency: string): number | null => {
  const acquire = spend?.find((each) => each.currency === currency)?.acquire ?? 0;
  return acquire > 0 ? acquire : null;
};

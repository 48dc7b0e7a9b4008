import { Query } from '@nestjs/cqrs';
import { currenciesOf, dayOfDate, economicsFigures, type EconomicsFigures, type EconomicsPolicy, type RevenueFigures, type RevenueRatio, type Spend, spendOf } from '#insight';
import type { Position } from '#journey';
import { rounded } from '../experience/measures.js';
import { type ExperienceWindow, windowOf, type WindowOptions } from '../experience/window.js';
import { groupBy } from '../group-by.js';
import { read, type ReadModelOptions } from '../reading.js';
import type { Calendar } from '../tenant.js';
import { type CustomerEconomics, loadEconomics, spendFacts } from './load.js';
import { ECONOMICS_METHODS } from './methods.js';
import { policyOf, type PolicyOptions } from './policy-of.js';
import { revenueIn } from './revenue-of.js';

export const ECONOMICS_GROUPS = ['segment', 'owner', 'industry', 'region'] as const;
export type EconomicsGroup = (typeof ECONOMICS_GROUPS)[number];

export interface GetEconomicsOptions extends WindowOptions, PolicyOptions {
  readonly segment?: string;
  readonly by?: EconomicsGroup;
}

/** One block of figures per currency: amounts of two currencies are never added up. */
export interface EconomicsAnswer {
  readonly today: Calendar['today'];
  readonly from: string;
  readonly to: string;
  readonly asOf: string;
  readonly position: Position | null;
  readonly policy: EconomicsPolicy & { readonly name: string };
  readonly segment: string | null;
  readonly currencies: readonly EconomicsFigures[];
  /** What we spent on winning and on keeping customers, beside net revenue retention; not told of segments. */
  readonly spend: readonly (Spend & { readonly nrr: RevenueRatio })[] | null;
  readonly by: EconomicsGroup | null;
  readonly groups: readonly { readonly key: string | null; readonly customers: number; readonly currencies: readonly EconomicsFigures[] }[];
  readonly methods: Readonly<Record<string, string>>;
}

export class GetEconomics extends Query<EconomicsAnswer> {
  constructor(readonly options: GetEconomicsOptions) {
    super();
  }
}

/** Figures look back a year where no time is chosen. */
export const ECONOMICS_DAYS = 365;

export async function getEconomics(model: ReadModelOptions, { segment, by, tenant, from, to, asOf, ...asked }: GetEconomicsOptions): Promise<EconomicsAnswer> {
  const policy = policyOf(asked);
  return read(model.reader, tenant, async (sql) => {
    const window = await windowOf(sql, { tenant, from, to, asOf }, model.now(), ECONOMICS_DAYS);
    const { customers, position } = await loadEconomics(sql, tenant, window, { policy, segment });
    const days = daysOf(window);
    const spend = segment === undefined ? spendOf(await spendFacts(sql, tenant), days.from, Math.min(days.to, days.day)) : null;
    const revenues = new Map<string, RevenueFigures>();
    for (const currency of new Set([...currenciesIn(customers), ...spend?.map((each) => each.currency) ?? []])) revenues.set(currency, await revenueIn(customers, currency, window));
    const figures = async (some: readonly CustomerEconomics[], spent: readonly Spend[] | null) => {
      const made: EconomicsFigures[] = [];
      for (const currency of currenciesIn(some)) {
        const revenue = some === customers ? revenues.get(currency)! : await revenueIn(some, currency, window);
        made.push(economicsFigures(some, currency, { ...days, policy, acquire: acquireOf(spent, currency), revenue }));
      }
      return made;
    };
    const groups = by === undefined ? [] : [...groupBy(customers, (customer) => customer[by])];
    const grouped = [];
    for (const [key, some] of groups) grouped.push({ key, customers: some.length, currencies: await figures(some, null) });
    return rounded({
      today: window.calendar.today, from: window.from, to: window.to, asOf: window.until, position, policy, segment: segment ?? null, currencies: await figures(customers, spend),
      spend: spend?.map((each) => ({ ...each, nrr: revenues.get(each.currency)!.nrr })) ?? null, by: by ?? null,
      groups: grouped.sort((a, b) => b.customers - a.customers || ((a.key ?? '') < (b.key ?? '') ? -1 : 1)),
      methods: ECONOMICS_METHODS,
    });
  });
}

const acquireOf = (spend: readonly Spend[] | null, currency: string): number | null => {
  const acquire = spend?.find((each) => each.currency === currency)?.acquire ?? 0;
  return acquire > 0 ? acquire : null;
};

/** The days of a window, and the one that is looked from. */
export const daysOf = ({ from, to, until, calendar }: ExperienceWindow) => ({ from: dayOfDate(from), to: dayOfDate(to), day: calendar.dayOf(until) });

/** The one in which most customers earn or cost anything first. */
export function currenciesIn(customers: readonly CustomerEconomics[]): string[] {
  return [...groupBy(customers.flatMap(currenciesOf), (currency) => currency)].sort(([a, some], [b, others]) => others.length - some.length || (a < b ? -1 : 1)).map(([currency]) => currency);
}

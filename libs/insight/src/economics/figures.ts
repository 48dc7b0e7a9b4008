import { type Figure, meanOf, student, sum } from '../experience/figure.js';
import { type Account, accountEconomics, type AccountEconomics, type Days } from './account.js';
import { type LifetimeValue, lifetimeValueOf } from './lifetime.js';
import { costPerTicket, type KeyedMargin, marginOf, marginsBy } from './margin.js';
import { type PaybackFigures, paybackFigures } from './payback-figures.js';
import type { EconomicsPolicy } from './policy.js';
import type { RevenueFigures } from '../revenue/portfolio.js';
import { cacPaybackMonths } from './spend.js';

/** A margin over many customers. Null: not measured; `missing` then names the types of facts that would tell it. */
export interface MarginFigures {
  readonly income: number | null;
  readonly costToServe: number | null;
  readonly contribution: number | null;
  readonly share: number | null;
  /** 95 % interval of the share, customers being drawn (Cochran's ratio estimate). */
  readonly low: number | null;
  readonly high: number | null;
  /** Customers with anything earned or spent, or a subscription, in the days looked at; with income; with costs of service. */
  readonly n: number;
  readonly withIncome: number;
  readonly withCosts: number;
  readonly missing: readonly string[];
}

/** What customers come to in one currency; amounts in its minor units. */
export interface EconomicsFigures {
  readonly currency: string;
  readonly margin: MarginFigures;
  readonly products: readonly KeyedMargin[];
  readonly drivers: readonly KeyedMargin[];
  readonly perTicket: Figure;
  readonly negative: { readonly customers: number; readonly contribution: number };
  /** Mean of what winning a customer cost, of those sold to in the days looked at of whom it is known. */
  readonly cac: Figure & { readonly sold: number };
  readonly payback: PaybackFigures;
  /** In aggregate: spend on winning customers / (new MRR x contribution margin), months; and over customers won, whether or not they stayed: that MRR is theirs. */
  readonly aggregate: { readonly months: number | null; readonly acquire: number | null; readonly newMrr: number; readonly newCustomers: number; readonly blendedCac: number | null; readonly missing: readonly string[] };
  readonly lifetime: LifetimeValue & { readonly arpa: number | null; readonly missing: readonly string[] };
  /** CAC that has not come back: of whom is here and may leave; and of whom has left, which is lost. */
  readonly cacAtRisk: { readonly amount: number | null; readonly unrecovered: number; readonly n: number; readonly lost: number; readonly missing: readonly string[] };
}

export interface FiguresOptions extends Days {
  readonly policy: EconomicsPolicy;
  /** What was spent on winning customers in the days looked at; null where nobody told. */
  readonly acquire: number | null;
  /** Recurring revenue of the same customers, days and currency. */
  readonly revenue: Pick<RevenueFigures, 'waterfall' | 'logos' | 'newCustomers' | 'logoChurn' | 'nrr'>;
}

const MONTH = 365 / 12;
const COSTS = 'cost.service-cost-recorded';
const INCOME = ['invoice.issued', 'invoice.paid', 'subscription.started'];

export function economicsFigures(accounts: readonly Account[], currency: string, options: FiguresOptions): EconomicsFigures {
  const { from, to, day, acquire } = options;
  const end = Math.min(to, day);
  const each = accounts.map((account) => accountEconomics(account, currency, options));
  const lines = accounts.flatMap(({ id, ledger }) => ledger.lines.filter((line) => line.currency === currency && line.day >= from && line.day <= to).map((line) => ({ ...line, customer: id })));
  const margin = marginFigures(accounts, each, currency, options);
  const { waterfall, logos, newCustomers, logoChurn } = options.revenue;
  const [newMrr, arpa] = [Math.round(waterfall.new / 12), logos.end > 0 ? waterfall.end / 12 / logos.end : null];
  const sold = each.filter((_, place) => isIn(accounts[place]!.soldOn, from, to));
  const recovered = each.flatMap(({ recovery, atRisk }, place) => (recovery ? [{ recovery, atRisk, left: accounts[place]!.leftOn !== null }] : []));
  const staying = recovered.filter(({ left }) => !left);
  const negative = each.filter(({ margin: { contribution } }) => contribution < 0);
  return {
    currency, margin, products: marginsBy(lines, 'product'), drivers: marginsBy(lines, 'driver'), perTicket: costPerTicket(lines),
    negative: { customers: negative.length, contribution: sum(negative.map((one) => one.margin.contribution)) },
    cac: { ...meanOf(sold.flatMap(({ recovery }) => recovery?.cac ?? [])), sold: sold.length },
    payback: paybackFigures(recovered),
    aggregate: {
      months: cacPaybackMonths({ acquire, newMrr, margin: margin.share }), acquire, newMrr, newCustomers, blendedCac: acquire === null || newCustomers === 0 ? null : Math.round(acquire / newCustomers),
      missing: [...(acquire === null ? ['company.period-spend-recorded'] : []), ...(newMrr === 0 ? ['subscription.started'] : []), ...margin.missing],
    },
    lifetime: {
      ...lifetimeValueOf({ arpa, margin: margin.share, n: logoChurn.n, left: logoChurn.of, months: (end - from + 1) / MONTH, horizonMonths: options.policy.horizonMonths }),
      arpa: arpa === null ? null : Math.round(arpa), missing: [...(logoChurn.n === 0 ? ['subscription.started'] : []), ...margin.missing],
    },
    cacAtRisk: {
      amount: staying.some(({ atRisk }) => atRisk !== null) ? sum(staying.map(({ atRisk }) => atRisk ?? 0)) : null, unrecovered: sum(staying.map(({ recovery }) => recovery.unrecovered)), n: staying.filter(({ atRisk }) => atRisk !== null).length,
      lost: sum(recovered.filter(({ left }) => left).map(({ recovery }) => recovery.unrecovered)), missing: recovered.length === 0 ? ['cost.acquisition-cost-recorded'] : [],
    },
  };
}

const isIn = (at: number | null, from: number, to: number): boolean => at !== null && at >= from && at <= to;

function marginFigures(accounts: readonly Account[], each: readonly AccountEconomics[], currency: string, { from, to }: Days): MarginFigures {
  const inDays = accounts.map(({ ledger }) => ledger.lines.filter((line) => line.currency === currency && line.day >= from && line.day <= to));
  const has = (kind: 'income' | 'service') => inDays.filter((lines) => lines.some((line) => line.kind === kind && !line.left)).length;
  const [withIncome, withCosts] = [has('income'), has('service')];
  const { income, costToServe, contribution, share } = marginOf(inDays.flat());
  // Whoever has costs and no income belongs to the ratio, and to its error.
  const told = each.filter((_, place) => inDays[place]!.some((line) => line.kind !== 'acquisition' && !line.left));
  const known = withIncome > 0 && withCosts > 0;
  const error = known && share !== null && told.length > 1 ? Math.sqrt((sum(told.map(({ margin: own }) => (own.contribution - share * own.income) ** 2)) * told.length) / (told.length - 1)) / income : null;
  const half = error === null ? null : student(told.length - 1) * error;
  return {
    income: withIncome > 0 ? income : null, costToServe: withCosts > 0 ? costToServe : null, contribution: known ? contribution : null, share: known ? share : null,
    low: half === null ? null : share! - half, high: half === null ? null : share! + half,
    n: inDays.filter((lines, place) => lines.length > 0 || accounts[place]!.stretches.some((stretch) => stretch.yearly.currency === currency && stretch.from <= to && stretch.to > from)).length,
    withIncome, withCosts, missing: [...(withIncome > 0 ? [] : INCOME), ...(withCosts > 0 ? [] : [COSTS])],
  };
}

import type { Money } from '../sheet/fact.js';
import { amountIn, arrOf, daysBetween, type DemandAccount, mainCurrency, sumMoney } from './account.js';
import type { DemandRequest } from './requests.js';

export const DEMAND_SORTS = ['arr', 'risk', 'accounts', 'requests', 'age'] as const;
export type DemandSort = (typeof DEMAND_SORTS)[number];

/** What some requests weigh. An account counts once, however often it asked. */
export interface DemandWeight {
  readonly requests: number;
  readonly accounts: number;
  /** What those accounts pay a year, and that times their chance to leave within 90 days. */
  readonly arr: readonly Money[];
  /** Null where the chance of none of them is known. */
  readonly arrAtRisk: readonly Money[] | null;
  /** Accounts whose chance to leave is not known: they add nothing to `arrAtRisk`. */
  readonly withoutRisk: number;
  /** Requests that a department answered or declined, those of which the customer was told, and those of which it was not. */
  readonly answered: number;
  readonly told: number;
  readonly open: number;
  /** Of those that are open, in whole days; null where none is. */
  readonly oldestDays: number | null;
  readonly medianDays: number | null;
}

export interface ThemeDemand extends DemandWeight {
  /** Null: requests of which nobody has said what they are about. */
  readonly theme: string | null;
  readonly items: readonly DemandRequest[];
}

export interface DemandRegister {
  /** Over all requests, each once: a request of two themes is in both, so themes add up to more. */
  readonly total: DemandWeight;
  /** Heaviest first. */
  readonly themes: readonly ThemeDemand[];
  /** In which money was weighed. */
  readonly currency: string | null;
}

/** Requests by theme: each counts once per theme that it has. Sorted by a weight, then by theme. */
export function registerOf(requests: readonly DemandRequest[], until: string, sort: DemandSort): DemandRegister {
  const currency = mainCurrency([...accountsOf(requests).values()]);
  const themes = new Map<string | null, DemandRequest[]>();
  for (const request of requests) {
    for (const theme of request.themes.length === 0 ? [null] : request.themes) themes.set(theme, [...themes.get(theme) ?? [], request]);
  }
  const lines = [...themes].map(([theme, items]): ThemeDemand => ({ theme, ...weightOf(items, until), items }));
  return { total: weightOf(requests, until), currency, themes: lines.sort((a, b) => weighed(b, sort, currency) - weighed(a, sort, currency) || ((a.theme ?? '\uffff') < (b.theme ?? '\uffff') ? -1 : 1)) };
}

const accountsOf = (requests: readonly DemandRequest[]): Map<string, DemandAccount> => new Map(requests.map(({ account }) => [account.id, account]));

function weightOf(requests: readonly DemandRequest[], until: string): DemandWeight {
  const accounts = [...accountsOf(requests).values()];
  const open = requests.filter(({ toldAt }) => toldAt === null);
  const ages = open.map(({ raisedAt }) => daysBetween(raisedAt, until)).sort((a, b) => a - b);
  return {
    requests: requests.length, accounts: accounts.length, arr: arrOf(accounts), arrAtRisk: accounts.every(({ arrAtRisk }) => arrAtRisk === null) ? null : sumMoney(accounts.map(({ arrAtRisk }) => arrAtRisk ?? [])), withoutRisk: accounts.filter(({ arrAtRisk }) => arrAtRisk === null).length,
    answered: requests.filter(({ answeredAt }) => answeredAt !== null).length, told: requests.length - open.length, open: open.length, oldestDays: ages.at(-1) ?? null, medianDays: medianOf(ages),
  };
}

/** The middle of sorted numbers, or half of the middle two. */
function medianOf(sorted: readonly number[]): number | null {
  if (sorted.length === 0) return null;
  const middle = (sorted.length - 1) / 2;
  return (sorted[Math.floor(middle)]! + sorted[Math.ceil(middle)]!) / 2;
}

function weighed(weight: DemandWeight, sort: DemandSort, currency: string | null): number {
  switch (sort) {
    case 'arr': return amountIn(weight.arr, currency);
    case 'risk': return amountIn(weight.arrAtRisk, currency);
    case 'age': return weight.oldestDays ?? -1;
    default: return weight[sort];
  }
}

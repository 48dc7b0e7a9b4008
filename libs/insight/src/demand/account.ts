import type { EventRef, JourneyEvent } from '#journey';
import type { Money } from '../sheet/fact.js';

/** A customer as demand weighs it. */
export interface DemandAccount {
  readonly id: string;
  readonly name: string | null;
  readonly owner: string | null;
  readonly segment: string | null;
  /** A running customer: only these are looked at where something is missing. */
  readonly current: boolean;
  /** What it pays a year, by currency, in minor units. */
  readonly arr: readonly Money[];
  /** That, times its chance to leave within 90 days; null where the chance is not known. */
  readonly arrAtRisk: readonly Money[] | null;
  /** First day as a customer, in days since 1970-01-01; null where nobody says. */
  readonly since: number | null;
}

/** What the facts of a customer say: as corrections left them, earliest first. */
export interface CustomerFacts { readonly account: DemandAccount; readonly events: readonly JourneyEvent[] }

/** A fact that something stands on. */
export interface Evidence extends EventRef { readonly type: string; readonly at: string }

export const evidence = ({ source, id, type, occurredAt: at }: JourneyEvent): Evidence => ({ source, id, type, at });

/** Amounts added up, a currency each, by its code: currencies are never added to each other. */
export function sumMoney(lists: readonly (readonly Money[])[]): Money[] {
  const sums = new Map<string, number>();
  for (const { amount, currency } of lists.flat()) sums.set(currency, (sums.get(currency) ?? 0) + amount);
  return [...sums].map(([currency, amount]) => ({ amount, currency })).sort((a, b) => (a.currency < b.currency ? -1 : 1));
}

/** The currency that most is paid in; null where nobody pays. What is weighed by money is weighed in this one, as there is no rate between them. */
export function mainCurrency(accounts: readonly Pick<DemandAccount, 'arr'>[]): string | null {
  return sumMoney(accounts.map(({ arr }) => arr)).reduce<Money | null>((most, each) => (most === null || each.amount > most.amount ? each : most), null)?.currency ?? null;
}

export const amountIn = (list: readonly Money[] | null, currency: string | null): number => list?.find((each) => each.currency === currency)?.amount ?? 0;

/** What some accounts pay a year, each counted once. */
export const arrOf = (accounts: readonly DemandAccount[]): Money[] => sumMoney([...new Map(accounts.map((account) => [account.id, account.arr])).values()]);

export const daysBetween = (from: string, until: string): number => Math.max(0, Math.floor((Date.parse(until) - Date.parse(from)) / 86_400_000));

export const textIn = (data: JourneyEvent['data'], field: string): string | null => (typeof data[field] === 'string' ? data[field] : null);

/** Those who pay most first, in a currency; of the same amount by id. */
export const byAmount = (currency: string | null) => (a: { readonly account: DemandAccount }, b: { readonly account: DemandAccount }): number => (
  amountIn(b.account.arr, currency) - amountIn(a.account.arr, currency) || (a.account.id < b.account.id ? -1 : 1));

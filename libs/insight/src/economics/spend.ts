import type { JourneyEvent } from '#journey';
import { dayOfDate } from '../day.js';
import { groupsOf, sum } from '../experience/figure.js';
import { type LedgerEvent, refOf } from './ledger-line.js';
import type { InReporting } from './reported.js';

/** What we spent on winning customers and on keeping them, in days that were asked for: minor units of one currency. */
export interface Spend {
  readonly currency: string;
  readonly acquire: number;
  readonly retain: number;
  /** Acquire over retain; null where nothing was spent on keeping. */
  readonly ratio: number | null;
  readonly entries: readonly { readonly entry: string; readonly purpose: 'acquire' | 'retain'; readonly amount: number; readonly event: LedgerEvent }[];
}

interface SpendData { readonly entry: string; readonly purpose: 'acquire' | 'retain'; readonly amount: { readonly amount: number; readonly currency: string }; readonly from: string; readonly to: string }

/** An entry counts by the days of its period that lie in those asked for (`from` and `to` included); rounded so that neighbouring times add up, then taken `into` the reporting currency. Of facts of one entry the last holds: earliest first. */
export function spendOf(events: readonly JourneyEvent[], from: number, to: number, into: InReporting = (money) => money): Spend[] {
  const newest = new Map(events.filter(({ type }) => type === 'company.period-spend-recorded').map((event) => [String(event.data['entry']), event]));
  const counted = [...newest.values()].flatMap((event) => {
    const { entry, purpose, amount, ...period } = event.data as unknown as SpendData;
    const [first, last] = [dayOfDate(period.from), dayOfDate(period.to)];
    const until = (day: number) => Math.round((amount.amount * Math.max(0, Math.min(day, last + 1) - first)) / (last + 1 - first));
    const part = into({ amount: until(to + 1) - until(from), currency: amount.currency });
    return amount.amount === 0 || last < from || first > to ? [] : [{ entry, purpose, ...part, event: refOf(event) }];
  });
  return [...groupsOf(counted, ({ currency }) => currency)].map(([currency, own]): Spend => {
    const [acquire, retain] = (['acquire', 'retain'] as const).map((purpose) => sum(own.filter((each) => each.purpose === purpose).map(({ amount }) => amount))) as [number, number];
    return { currency, acquire, retain, ratio: retain > 0 ? acquire / retain : null, entries: own.map(({ currency: _, ...entry }) => entry) };
  }).sort((a, b) => (a.currency < b.currency ? -1 : 1));
}

/** CAC payback in aggregate, months: what was spent on winning customers over (new MRR x contribution margin); null where it would never come back, or nothing is known. Both are aggregates of one time. */
export function cacPaybackMonths({ acquire, newMrr, margin }: { readonly acquire: number | null; readonly newMrr: number | null; readonly margin: number | null }): number | null {
  return acquire === null || acquire <= 0 || newMrr === null || margin === null || newMrr * margin <= 0 ? null : acquire / (newMrr * margin);
}

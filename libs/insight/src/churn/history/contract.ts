import { majorUnits } from '#journey';
import type { FactSheet } from '../../fact-sheet.js';
import { type SubscriptionProfile, termsOn, YEARLY } from '../../profile.js';
import type { Money } from '../../sheet/fact.js';
import { replayer } from '../../sheet/log.js';
import type { View } from '../../view.js';

/** What was paid in a year from a day on, with the fact that says so. */
interface Amount {
  readonly day: number;
  readonly n: number;
  readonly yearly: Money | null;
}

const amountsOf = replayer((id, entries) => {
  let [recurring, interval]: [Money | undefined, keyof typeof YEARLY] = [undefined, 'month'];
  const amounts: Amount[] = [];
  for (const [, n, day, what, kept = {}] of entries) {
    recurring = (kept['recurring'] as Money | undefined) ?? recurring;
    interval = (kept['interval'] as keyof typeof YEARLY | undefined) ?? interval;
    const yearly = recurring && what !== 'ended' ? { amount: recurring.amount * YEARLY[interval], currency: recurring.currency } : null;
    const last = amounts[amounts.length - 1];
    if (!last || last.yearly?.amount !== yearly?.amount || last.yearly?.currency !== yearly?.currency) amounts.push({ day, n, yearly });
  }
  return { id, amounts };
});

/** The contract of a customer, seen from a day: what runs, and which of it renews first. Undefined where nothing runs. */
export interface Contract {
  readonly running: readonly SubscriptionProfile[];
  /** What renews first, and the days until then: below 0 where the day has passed without a word. Undefined where no date is known. */
  readonly next: { readonly subscription: SubscriptionProfile; readonly days: number } | undefined;
  /** The first day of the oldest that runs. */
  readonly since: { readonly day: number; readonly n: number };
  /** The yearly amount in whole units of the currency of which most is paid; undefined where no amount is known. */
  readonly yearly: { readonly amount: number; readonly currency: string; readonly refs: readonly number[] } | undefined;
}

const known = new WeakMap<View, Contract | null>();

export function contractOf(view: View): Contract | undefined {
  let found = known.get(view);
  if (found === undefined) known.set(view, (found = read(view)));
  return found ?? undefined;
}

function read({ subscriptions, day }: View): Contract | null {
  const running = subscriptions.filter(({ state }) => state !== 'ended').map((subscription) => termsOn(subscription, day));
  if (running.length === 0) return null;
  const dated = running.filter(({ renewsOn }) => renewsOn !== undefined).sort((a, b) => a.renewsOn! - b.renewsOn! || a.lastRef - b.lastRef);
  const oldest = running.reduce((a, b) => (b.startedOn < a.startedOn ? b : a));
  return {
    running, since: { day: oldest.startedOn, n: oldest.startedRef }, yearly: yearlyOf(running),
    next: dated[0] && { subscription: dated[0], days: dated[0].renewsOn! - day },
  };
}

function yearlyOf(running: readonly SubscriptionProfile[]): Contract['yearly'] {
  const sums = new Map<string, number>();
  for (const { arr } of running) if (arr) sums.set(arr.currency, (sums.get(arr.currency) ?? 0) + majorUnits(arr));
  const [largest] = [...sums].sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1));
  return largest && { currency: largest[0], amount: largest[1], refs: running.filter(({ arr }) => arr?.currency === largest[0]).map(({ lastRef }) => lastRef) };
}

/** What is paid in a year as a share of what was paid so many days ago, or at first where that is later; with the facts that changed it since. */
export function amountAgainst({ sheet, day }: View, currency: string, daysAgo: number): { readonly share: number; readonly refs: readonly number[] } | undefined {
  const all = amountsOf(sheet.logs.subscription).map(({ amounts }) => amounts.filter((amount) => amount.day <= day));
  const at = (date: number) => all.reduce((sum, amounts) => sum + inUnits(amounts.findLast((amount) => amount.day <= date)?.yearly, currency), 0);
  const first = Math.min(...all.map((amounts) => amounts[0]?.day ?? Infinity));
  const [now, before] = [at(day), at(Math.max(day - daysAgo, first))];
  if (!(now > 0 && before > 0)) return undefined;
  const changes = all.flatMap((amounts) => amounts.filter((amount) => amount.day > Math.max(day - daysAgo, first))).map(({ n }) => n);
  return { share: now / before, refs: changes };
}

const inUnits = (money: Money | null | undefined, currency: string): number => (money && money.currency === currency ? majorUnits(money) : 0);

/** What all subscriptions together came to from their starts to a day, in minor units: so much of the yearly amount as the days are of 365. Pauses are not taken out. */
export function amountOverDays(sheet: FactSheet, currency: string, day: number): number {
  return amountsOf(sheet.logs.subscription).reduce((sum, { amounts }) => sum + amounts.reduce((total, { day: from, yearly }, place) => {
    const to = Math.min(day, amounts[place + 1]?.day ?? day);
    return total + (yearly?.currency === currency ? (yearly.amount * Math.max(0, to - from)) / 365 : 0);
  }, 0), 0);
}

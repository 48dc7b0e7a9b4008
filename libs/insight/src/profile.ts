import { addMonths } from './day.js';
import type { FactSheet } from './fact-sheet.js';
import { type Contact, OVERRIDE, said } from './sheet/customer.js';
import type { Money } from './sheet/fact.js';
import type { Subscription } from './sheet/subscription.js';
import { viewOf, type View } from './view.js';

export interface SubscriptionProfile extends Subscription {
  /** Recurring amount of a year; null where no amount is known. Paused and ended ones count 0. */
  readonly arr: Money | null;
  readonly renewsOn?: number;
  /** The last day to give notice: `renewsOn` less `noticeDays`. */
  readonly noticeOn: number | null;
}

/** Who the customer is, as of a day. Days are whole days since 1970-01-01. */
export interface Profile {
  readonly name: string | null;
  /** True once the customer was registered, false while it is only an unknown name in somebody's events. */
  readonly claimed: boolean;
  readonly segment: string | null;
  readonly industry: string | null;
  readonly region: string | null;
  readonly size: number | null;
  readonly owner: string | null;
  readonly parent: string | null;
  readonly customerSince: number | null;
  readonly status: 'active' | 'ended' | 'prospect';
  /** Annual recurring revenue, one amount per currency by code; currencies are never added up. */
  readonly arr: readonly Money[];
  readonly subscriptions: readonly SubscriptionProfile[];
  readonly nextRenewalOn: number | null;
  readonly noticeOn: number | null;
  /** Everybody known, also those who left. */
  readonly contacts: readonly Contact[];
  readonly sponsor: string | null;
  readonly lastTouch: { readonly day: number; readonly type: string; readonly by: string | null; readonly n: number } | null;
}

export function profileOf(sheet: FactSheet, day: number): Profile {
  const view = viewOf(sheet, day);
  const trait = <T>(name: string): T | null => (said(sheet, name)?.[3] as T | undefined) ?? null;
  const subscriptions = view.subscriptions.map((subscription) => termsOn(subscription, day)).sort((a, b) => (a.id < b.id ? -1 : 1));
  const running = subscriptions.filter(({ state }) => state !== 'ended');
  const { last } = sheet.touch;
  return {
    name: trait('name'), claimed: said(sheet, 'registered') !== undefined, segment: trait('segment'), industry: trait('industry'),
    region: trait('region'), size: trait('size'), owner: trait('owner'), parent: trait('parent'),
    customerSince: earliest(subscriptions.map(({ startedOn }) => startedOn)) ?? said(sheet, 'registered')?.[2] ?? null,
    status: statusOf(view), arr: sumOf(subscriptions.map(({ arr }) => arr)), subscriptions,
    nextRenewalOn: earliest(running.map(({ renewsOn }) => renewsOn)), noticeOn: earliest(running.map(({ noticeOn }) => noticeOn ?? undefined)),
    contacts: view.contacts, sponsor: view.contacts.find(({ sponsor, leftOn }) => sponsor && leftOn === null)?.id ?? null,
    lastTouch: last ? { day: last[2], type: last[3]!.type, by: last[3]!.by ?? null, n: last[1] } : null,
  };
}

/** A score that somebody set by hand. Why is in the fact alone. */
export interface Override {
  /** 0 to 100. */
  readonly score: number;
  /** The first and the last day on which it holds. */
  readonly since: number;
  readonly until: number;
  /** Position number of the fact. */
  readonly n: number;
}

/** The override that holds on a day: the latest that was set, neither cleared since nor past its last day. One of a customer that is merged into this one does not hold for it. */
export function overrideOn({ customer }: FactSheet, day: number): Override | null {
  const [, n, since, set] = customer[OVERRIDE] ?? [];
  const { score, until } = (set ?? {}) as Partial<Override>;
  return n === undefined || since === undefined || score === undefined || until === undefined || day < since || day > until ? null : { score, since, until, n };
}

/** How often in a year the recurring amount is paid. */
export const YEARLY = { month: 12, quarter: 4, year: 1 };

/** A subscription with its yearly amount and its next dates: those said, or the start plus the term, rolled on where it renews by itself. */
export function termsOn(subscription: Subscription, day: number): SubscriptionProfile {
  const { recurring, interval = 'month', termMonths, noticeDays, autoRenew, startedOn, state } = subscription;
  let { renewsOn } = subscription;
  renewsOn ??= termMonths ? addMonths(startedOn, termMonths) : undefined;
  // Counted from the first date each time, so that the 31st stays the 31st.
  if (renewsOn !== undefined && autoRenew && termMonths) {
    const first = renewsOn;
    for (let terms = 1; renewsOn < day; terms++) renewsOn = addMonths(first, terms * termMonths);
  }
  const arr = recurring ? { amount: state === 'active' ? recurring.amount * YEARLY[interval] : 0, currency: recurring.currency } : null;
  return { ...subscription, ...(renewsOn !== undefined && { renewsOn }), arr, noticeOn: renewsOn !== undefined && noticeDays !== undefined ? renewsOn - noticeDays : null };
}

function statusOf({ sheet, subscriptions }: View): Profile['status'] {
  // That a customer is closed says nothing of the one that it became part of, unless nothing else was said of that one.
  const { closed, registered } = sheet.customer['registered'] ? sheet.customer : { ...sheet.absorbed, ...sheet.customer };
  if (closed && !(registered && registered[0] > closed[0])) return 'ended';
  if (subscriptions.length) return subscriptions.some(({ state }) => state !== 'ended') ? 'active' : 'ended';
  // Many a log has no subscriptions; whoever uses, asks or is billed is a customer all the same.
  return ['usage', 'ticket', 'invoice', 'deployment'].some((family) => sheet.touch.newest[family]) ? 'active' : 'prospect';
}

function sumOf(amounts: readonly (Money | null)[]): Money[] {
  const sums = new Map<string, number>();
  for (const money of amounts) if (money) sums.set(money.currency, (sums.get(money.currency) ?? 0) + money.amount);
  return [...sums].map(([currency, amount]) => ({ amount, currency })).sort((a, b) => (a.currency < b.currency ? -1 : 1));
}

function earliest(days: readonly (number | undefined)[]): number | null {
  const known = days.filter((day) => day !== undefined);
  return known.length ? Math.min(...known) : null;
}

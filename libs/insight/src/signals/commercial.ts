import { termsOn, type SubscriptionProfile } from '../profile.js';
import type { Renewal } from '../sheet/business.js';
import type { View } from '../view.js';
import { plural } from '../words.js';
import { newestOf, refs, within, type Signal } from './signal.js';
import { unbrokenSince } from './unbroken.js';

const NEAR = 90;
const noSubscription = { missing: 'no subscription has been recorded' };

/** Days by which the oldest unsettled invoice is overdue. */
export const overdueInvoices: Signal = (view) => {
  const newest = newestOf(view, 'invoice');
  if (!newest) return { missing: 'no invoice has been recorded' };
  const overdue = view.invoices.filter(({ settled, dueOn }) => !settled && dueOn !== null && dueOn < view.day);
  const oldest = Math.min(view.day, ...overdue.map(({ dueOn }) => dueOn!));
  return {
    value: view.day - oldest, age: newest.age, refs: overdue.length ? refs(...overdue.flatMap((invoice) => invoice.refs)) : [newest.ref],
    ...(overdue.length > 0 && { since: unbrokenSince(view.invoices.flatMap(({ dueOn, settledOn }) => (dueOn === null ? [] : [[dueOn + 1, settledOn === null ? Infinity : settledOn - 1] as const])), view.day) }),
    what: () => (overdue.length ? `${plural(overdue.length, 'invoice')} up to ${plural(view.day - oldest, 'day')} overdue` : 'no overdue invoices'),
  };
};

interface Turn {
  readonly subscription: SubscriptionProfile;
  readonly renewal: Renewal | null;
}

/** Running subscriptions with the renewal in hand: the latest that was opened for them within a year. */
function turnsOf({ subscriptions, renewals, day }: View): Turn[] {
  return subscriptions.filter(({ state }) => state !== 'ended').map((subscription) => {
    const inHand = renewals.filter((renewal) => renewal.subscription === subscription.id && within(renewal.openedOn, day, 365)).sort((a, b) => b.openedOn - a.openedOn || b.n - a.n);
    return { subscription: termsOn(subscription, day), renewal: inHand[0] ?? null };
  }).sort((a, b) => a.subscription.lastRef - b.subscription.lastRef);
}

/** A renewal date: that of the renewal in hand while it is undecided, else that of the subscription's terms. */
const dateOf = ({ subscription, renewal }: Turn): number | undefined => (renewal?.outcome === 'open' ? renewal.dueOn : null) ?? subscription.renewsOn;

/** After a renewal the next date is undecided again. */
const isUndecided = ({ renewal }: Turn): boolean => renewal === null || renewal.outcome === 'open' || renewal.outcome === 'renewed';

/** How many of the last 90 days before a renewal have passed without a decision. What renews by itself needs none. */
export const renewalNear: Signal = (view) => {
  const newest = newestOf(view, 'subscription', 'renewal');
  const turns = turnsOf(view);
  if (!newest || !turns.length) return noSubscription;
  const dated = turns.filter((turn) => dateOf(turn) !== undefined);
  if (!dated.length) return { missing: 'no renewal date is known' };
  const open = dated.filter((turn) => isUndecided(turn) && !(turn.subscription.autoRenew && turn.renewal?.outcome !== 'open') && dateOf(turn)! < view.day + NEAR);
  const next = open.sort((a, b) => dateOf(a)! - dateOf(b)!)[0];
  if (!next) return { value: 0, refs: [newest.ref], age: newest.age, what: () => `no undecided renewal within ${NEAR} days` };
  const left = dateOf(next)! - view.day;
  return {
    value: Math.min(NEAR, NEAR - left), refs: refs(next.subscription.termsAt.n, next.renewal?.n), age: newest.age, since: dateOf(next)! - NEAR + 1,
    what: () => (left < 0 ? `a renewal date passed ${plural(-left, 'day')} ago without a decision` : left === 0 ? 'a renewal due today without a decision' : `a renewal in ${plural(left, 'day')} without a decision`),
  };
};

/**
 * Signs of leaving: 2 for a standing request to cancel, a no or a lapse that concerns at least half of the revenue (or unknown revenue);
 * 1.5 for less; 2 when nothing runs any more; 1 for a notice date within 30 days without a decision; else 0.
 */
export const leaving: Signal = (view) => {
  const newest = newestOf(view, 'subscription', 'renewal');
  if (!newest || !view.subscriptions.length) return noSubscription;
  const turns = turnsOf(view);
  if (!turns.length) {
    const ended = Math.max(...view.subscriptions.map(({ endedOn }) => endedOn ?? 0));
    return { value: 2, refs: refs(...view.subscriptions.map(({ lastRef }) => lastRef)), age: newest.age, since: ended, what: () => 'the end of the last subscription' };
  }
  const gone = turns.filter(({ subscription, renewal }) => subscription.cancellation || renewal?.outcome === 'no' || renewal?.outcome === 'lapsed');
  if (gone.length) {
    const cancelled = gone.some(({ subscription }) => subscription.cancellation);
    return {
      value: isMostOf(gone, turns) ? 2 : 1.5, age: newest.age, refs: refs(...gone.map(({ subscription, renewal }) => subscription.cancellation?.n ?? renewal!.n)),
      since: Math.min(...gone.map(({ subscription, renewal }) => subscription.cancellation?.day ?? renewal!.day)),
      what: () => (cancelled ? 'a request to cancel' : 'a decision not to renew'),
    };
  }
  const notices = turns.filter((turn) => isUndecided(turn)).map(({ subscription }) => ({ on: subscription.noticeOn, ref: subscription.termsAt.n }))
    .filter((notice): notice is { on: number; ref: number } => notice.on !== null && notice.on >= view.day && notice.on < view.day + 30).sort((a, b) => a.on - b.on);
  const next = notices[0];
  if (!next) return { value: 0, refs: [newest.ref], age: newest.age, what: () => 'no sign of leaving' };
  const left = next.on - view.day;
  return { value: 1, refs: [next.ref], age: newest.age, since: next.on - 29, what: () => (left === 0 ? 'the last day to give notice' : `the last day to give notice in ${plural(left, 'day')}`) };
};

function isMostOf(gone: readonly Turn[], all: readonly Turn[]): boolean {
  const amounts = all.map(({ subscription }) => subscription.arr);
  const currency = amounts[0]?.currency;
  if (amounts.some((arr) => !arr || arr.currency !== currency)) return true;
  const sum = (turns: readonly Turn[]) => turns.reduce((total, { subscription }) => total + subscription.arr!.amount, 0);
  return 2 * sum(gone) >= sum(all);
}

/** 2 for a competitor evaluated in the last 180 days, 1 for one mentioned in the last 90, else 0. */
export const competitor: Signal = (view) => {
  const newest = newestOf(view, 'competitor', 'engagement');
  if (!newest) return { missing: 'no conversation has been recorded' };
  const evaluated = view.rivals.flatMap(({ evaluations }) => evaluations).filter(([day]) => within(day, view.day, 180));
  const mentioned = view.rivals.flatMap(({ mentions }) => mentions).filter(([day]) => within(day, view.day, 90));
  const seen = evaluated.length ? evaluated : mentioned;
  const spans = view.rivals.flatMap((rival) => [...rival.evaluations.map(([day]) => [day, day + 179] as const), ...rival.mentions.map(([day]) => [day, day + 89] as const)]);
  return {
    value: evaluated.length ? 2 : mentioned.length ? 1 : 0, age: newest.age, refs: seen.length ? refs(...seen.map(([, n]) => n)) : [newest.ref],
    ...(seen.length > 0 && { since: unbrokenSince(spans, view.day) }),
    what: () => (evaluated.length ? 'a competitor under evaluation' : mentioned.length ? 'a competitor mentioned within 90 days' : 'no competitor mentioned within 90 days'),
  };
};

import { comparePositions, type JourneyEvent } from '#journey';
import { dayOfDate, type DayOf } from '../day.js';
import { YEARLY } from '../profile.js';
import { money, number, text, type Money } from '../sheet/fact.js';
import { nextDue } from './due.js';
import type { RevenuePolicy } from './policy.js';

/** A fact behind a figure. */
export interface RevenueEvent {
  readonly source: string;
  readonly id: string;
  readonly type: string;
  /** RFC 3339. */
  readonly at: string;
}

/** The tenant's calendar: the day of an instant, and the first instant of a day. */
export interface RevenueCalendar {
  readonly dayOf: DayOf;
  readonly startOf: (day: number) => string;
}

/** A subscription from one moment (ms) on. Days are whole days since 1970-01-01. */
export interface SubscriptionState {
  readonly at: number;
  readonly id: string;
  readonly product: string | null;
  readonly recurring: Money | null;
  readonly interval: keyof typeof YEARLY;
  readonly state: 'active' | 'paused' | 'ended';
  readonly closed: boolean;
  readonly notice: { readonly at: number; readonly effectiveOn: number | null } | null;
  readonly usageBased: boolean;
  readonly startedOn: number;
  readonly termMonths: number | null;
  readonly noticeDays: number | null;
  readonly autoRenew: boolean;
  readonly renewsOn: number | null;
  /** What happened at that moment. */
  readonly what: string;
  readonly escalator: boolean;
  readonly event: RevenueEvent;
  /** The facts that say that it runs, and what it pays. */
  readonly setBy: { readonly running: RevenueEvent; readonly amount: RevenueEvent | null };
}

type Pending = Pick<SubscriptionState, 'recurring' | 'interval' | 'escalator'> & { readonly at: number; readonly event: RevenueEvent };

export interface HistoryOptions {
  /** Whose: the closing of a customer that is merged into this one ends nothing. */
  readonly customer: string;
  readonly policy: RevenuePolicy;
  readonly calendar: RevenueCalendar;
  /** Nothing after it counts; RFC 3339. */
  readonly until: string;
}

/** Types of facts that recurring revenue is made from; all others are passed over. */
export const isRevenueFact = (type: string): boolean => /^(subscription|renewal)\./.test(type) || ['sale.won', 'customer.closed', 'customer.registered', 'budget.changed'].includes(type);

/** Every state of every subscription of a customer, earliest first, whatever the order of its facts; these as corrections left them. */
export function subscriptionHistory(facts: readonly JourneyEvent[], { customer, policy, calendar, until }: HistoryOptions): SubscriptionState[] {
  const end = Date.parse(until);
  const states: SubscriptionState[] = [];
  const now = new Map<string, SubscriptionState>();
  const pending = new Map<string, Pending>();
  const renewals = new Map<string, string>();
  const set = (state: SubscriptionState) => {
    now.set(state.id, state);
    states.push(state);
  };
  const settle = (at: number) => {
    for (const [id, due] of [...pending].sort(([, a], [, b]) => a.at - b.at)) {
      if (due.at > at) continue;
      pending.delete(id);
      const { event, ...amount } = due;
      set({ ...now.get(id)!, ...amount, what: 'changed', event, setBy: { ...now.get(id)!.setBy, amount: event } });
    }
  };
  for (const fact of inTime(facts)) {
    const at = Date.parse(fact.occurredAt);
    if (at > end || !isRevenueFact(fact.type)) continue;
    settle(at);
    const event = { source: fact.source, id: fact.id, type: fact.type, at: fact.occurredAt };
    const [family, what] = fact.type.split('.') as [string, string];
    if (family === 'customer') {
      const isClosed = what === 'closed';
      for (const state of fact.stream.id === customer ? [...now.values()] : []) if (state.closed !== isClosed) set({ ...state, at, closed: isClosed, what, escalator: false, event, setBy: { ...state.setBy, running: event } });
      continue;
    }
    const renewal = text(fact.data['renewal']);
    const id = text(fact.data['subscription']) ?? renewals.get(renewal ?? '');
    if (renewal && id) renewals.set(renewal, id);
    if (id === undefined || family === 'sale') continue;
    const before = now.get(id);
    const next = stepped(before, { what: family === 'renewal' ? `renewal.${what}` : what, id, at, event, data: fact.data, calendar });
    if (next === null) continue;
    const isNewAmount = next.setBy.amount === event && before !== undefined;
    const due = policy.midTerm === 'at-renewal' && isNewAmount ? nextDue(before, calendar.dayOf(event.at)) : null;
    // A renewal of a term that has begun by itself meanwhile names the end of that one: its amount counts at once.
    const renewedUntil = family === 'renewal' ? dayOrNull(fact.data['renewsOn']) : null;
    const later = due === null || (renewedUntil !== null && renewedUntil <= due) ? at : Date.parse(calendar.startOf(due));
    if (next.state === 'ended' || what === 'started') pending.delete(id);
    if (later > at) {
      pending.set(id, { at: later, recurring: next.recurring, interval: next.interval, escalator: next.escalator, event });
      set({ ...next, recurring: before!.recurring, interval: before!.interval, escalator: false, setBy: before!.setBy });
    } else set(next);
  }
  settle(end);
  return states;
}

const STATES: Readonly<Record<string, SubscriptionState['state']>> = { started: 'active', resumed: 'active', paused: 'paused', ended: 'ended' };

interface Said { readonly what: string; readonly id: string; readonly at: number; readonly event: RevenueEvent; readonly data: Readonly<Record<string, unknown>>; readonly calendar: RevenueCalendar }

/** What a fact makes of a subscription; null where it says nothing of it yet. A renewal that names new terms sets them, and outlives an earlier notice. */
function stepped(before: SubscriptionState | undefined, { what, id, at, event, data, calendar }: Said): SubscriptionState | null {
  const isRenewal = what.startsWith('renewal.');
  if (isRenewal && what !== 'renewal.renewed' && what !== 'renewal.opened' && what !== 'renewal.lapsed') return null;
  if (isRenewal && before === undefined && what !== 'renewal.renewed') return null;
  const from = before ?? begun(id, at, event, calendar.dayOf(event.at));
  if (what === 'renewal.opened') return { ...from, at, what, event, escalator: false, renewsOn: from.renewsOn ?? dayOrNull(data['dueOn']) };
  if (what === 'renewal.lapsed') return { ...from, at, what, event, escalator: false };
  const recurring = money(data['recurring']);
  const state = STATES[what] ?? from.state;
  const isBegun = what === 'started' || what === 'resumed';
  const setsState = STATES[what] !== undefined || before === undefined;
  return {
    at, id, what, event, state, closed: isBegun ? false : from.closed, escalator: data['because'] === 'escalator',
    product: text(data['product']) ?? from.product, recurring: recurring ?? from.recurring, interval: (text(data['interval']) as SubscriptionState['interval'] | undefined) ?? from.interval,
    notice: what === 'cancellation-requested' ? { at, effectiveOn: dayOrNull(data['effectiveOn']) } : ['cancellation-withdrawn', 'started', 'ended', 'renewal.renewed'].includes(what) ? null : from.notice,
    usageBased: typeof data['usageBased'] === 'boolean' ? data['usageBased'] : from.usageBased,
    startedOn: what === 'started' ? calendar.dayOf(event.at) : from.startedOn,
    termMonths: number(data['termMonths']) ?? from.termMonths, noticeDays: number(data['noticeDays']) ?? from.noticeDays,
    autoRenew: typeof data['autoRenew'] === 'boolean' ? data['autoRenew'] : from.autoRenew,
    renewsOn: dayOrNull(data['renewsOn']) ?? (what === 'started' ? null : from.renewsOn),
    setBy: { running: setsState ? event : from.setBy.running, amount: recurring || data['interval'] !== undefined ? event : from.setBy.amount },
  };
}

const begun = (id: string, at: number, event: RevenueEvent, day: number): SubscriptionState => ({
  at, id, product: null, recurring: null, interval: 'month', state: 'active', closed: false, notice: null, usageBased: false, startedOn: day, termMonths: null, noticeDays: null, autoRenew: false, renewsOn: null,
  what: 'started', escalator: false, event, setBy: { running: event, amount: null },
});

/** A date in the data, as a day. */
const dayOrNull = (value: unknown): number | null => (typeof value === 'string' ? dayOfDate(value.slice(0, 10)) : null);

/** What it is agreed to pay a year, in its own currency, whether or not it runs. */
export const contracted = ({ recurring, interval }: SubscriptionState): Money | null => (recurring ? { amount: recurring.amount * YEARLY[interval], currency: recurring.currency } : null);

/** Its annual recurring revenue under a policy; null where it has none. */
export function recurringOf(state: SubscriptionState, policy: RevenuePolicy): Money | null {
  const runs = !state.closed && (state.state === 'active' || (state.state === 'paused' && policy.pause === 'keeps')) && !(policy.churnAt === 'notice' && state.notice);
  const counts = policy.usage === 'included' || state.usageBased === (policy.usage === 'only');
  return runs && counts ? contracted(state) : null;
}

const inTime = (facts: readonly JourneyEvent[]): JourneyEvent[] => facts.toSorted((a, b) => Date.parse(a.occurredAt) - Date.parse(b.occurredAt) || comparePositions(a.position, b.position));

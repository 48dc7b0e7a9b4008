import { dayIn, flag, money, number, text, type Fact, type Money } from './fact.js';
import { enter, replayer, type EntityLog, type Entry } from './log.js';

/** A renewal that names its subscription changes the subscription's terms, so it is entered here too. */
export function addSubscription(log: EntityLog, fact: Fact): void {
  const { data, dayOf } = fact;
  const id = text(data['subscription']);
  if (!id || (fact.family === 'renewal' && fact.what !== 'renewed')) return;
  enter(log, id, fact, {
    recurring: money(data['recurring']), interval: text(data['interval']), seats: number(data['seats']), product: text(data['product']),
    termMonths: number(data['termMonths']), noticeDays: number(data['noticeDays']), autoRenew: flag(data['autoRenew']),
    renewsOn: dayIn(data['renewsOn'], dayOf), effectiveOn: dayIn(data['effectiveOn'], dayOf), reason: text(data['reason']),
  });
}

export interface Terms {
  readonly recurring?: Money;
  readonly interval?: 'month' | 'quarter' | 'year';
  readonly seats?: number;
  readonly product?: string;
  readonly termMonths?: number;
  readonly noticeDays?: number;
  readonly autoRenew?: boolean;
  readonly renewsOn?: number;
}

export interface Subscription extends Terms {
  readonly id: string;
  readonly state: 'active' | 'paused' | 'ended';
  readonly startedOn: number;
  readonly startedRef: number;
  readonly endedOn: number | null;
  readonly endReason: string | null;
  /** The request to cancel that still stands. */
  readonly cancellation: { readonly day: number; readonly n: number; readonly effectiveOn: number | null } | null;
  /** Where the latest renewal date was said. */
  readonly termsAt: { readonly day: number; readonly n: number };
  readonly lastRef: number;
  /** Position numbers of the renewals so far. */
  readonly renewals: readonly number[];
}

const states: Record<string, Subscription['state']> = { started: 'active', resumed: 'active', paused: 'paused', ended: 'ended' };

export const subscriptionsOf = replayer((id, entries): Subscription => entries.reduce(step, begin(id, entries[0]!)));

/** How many seats were paid for from which day on, by which event; paused and ended ones count none. */
export interface SeatStep {
  readonly day: number;
  readonly n: number;
  readonly seats: number;
}

/** The steps of each subscription that names seats, in order. */
export const seatStepsOf = replayer((id, entries): readonly SeatStep[] => {
  let now = begin(id, entries[0]!);
  return entries.flatMap((entry) => {
    now = step(now, entry);
    return now.seats === undefined ? [] : [{ day: entry[2], n: entry[1], seats: now.state === 'active' ? now.seats : 0 }];
  });
});

function begin(id: string, [, n, day]: Entry): Subscription {
  return { id, state: 'active', startedOn: day, startedRef: n, endedOn: null, endReason: null, cancellation: null, termsAt: { day, n }, lastRef: n, renewals: [] };
}

function step(before: Subscription, [, n, day, what, kept = {}]: Entry): Subscription {
  const { reason, effectiveOn, ...terms } = kept as Terms & { reason?: string; effectiveOn?: number };
  const next: Subscription = { ...before, lastRef: n };
  if (what === 'cancellation-requested') return { ...next, cancellation: { day, n, effectiveOn: effectiveOn ?? null } };
  if (what === 'cancellation-withdrawn') return { ...next, cancellation: null };
  const state = states[what] ?? before.state;
  return {
    ...next, ...terms, state, renewals: what === 'renewed' ? [...before.renewals, n] : before.renewals,
    // A renewal outlives an earlier request to leave.
    cancellation: what === 'renewed' || what === 'started' || what === 'ended' ? null : before.cancellation,
    endedOn: state === 'ended' ? (before.endedOn ?? day) : null,
    endReason: what === 'ended' ? (reason ?? null) : state === 'ended' ? before.endReason : null,
    termsAt: terms.renewsOn === undefined && what !== 'started' ? before.termsAt : { day, n },
  };
}

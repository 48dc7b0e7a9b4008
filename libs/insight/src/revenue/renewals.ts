import { dateOfDay } from '../day.js';
import { groupsOf } from '../experience/figure.js';
import { dueDay, nextDue } from './due.js';
import type { LedgerOptions } from './ledger.js';
import { contracted, type RevenueCalendar, type RevenueEvent, type SubscriptionState } from './subscription-history.js';

/** A term of a subscription that came to its end. `open`: it may still be renewed in time; `late`: nothing was said in time, though it may run on. */
export interface RenewalTerm {
  readonly subscription: string;
  readonly product: string | null;
  /** `YYYY-MM-DD`. */
  readonly dueOn: string;
  readonly outcome: 'renewed' | 'lost' | 'late' | 'open';
  /** RFC 3339; null while it is open or nothing was said. */
  readonly decidedAt: string | null;
  /** What was paid a year in the term, and is from then on; minor units of the reporting currency, null without a rate. */
  readonly due: number | null;
  readonly renewed: number | null;
  readonly events: readonly RevenueEvent[];
}

type Term = Pick<RenewalTerm, 'outcome' | 'decidedAt'> & { readonly due: number; readonly was: SubscriptionState; readonly next: SubscriptionState | null };

/** The terms of all subscriptions of a history that belong to a period: due in it, or decided in it, as the policy has it. What is counted by use is counted as for ARR. */
export function termsOf(history: readonly SubscriptionState[], { period, policy, calendar, convert, product }: LedgerOptions): RenewalTerm[] {
  const [begins, ends] = [Date.parse(period.begins), Date.parse(period.ends)];
  const counted = history.filter((state) => (policy.usage === 'included' || state.usageBased === (policy.usage === 'only')) && (product === undefined || state.product === product));
  return [...groupsOf(counted, ({ id }) => id).values()].flatMap((states) => termsIn(states, { calendar, grace: policy.graceDays, until: period.until })).flatMap((term): RenewalTerm[] => {
    const at = policy.renewalsBy === 'due' || term.decidedAt === null ? Date.parse(calendar.startOf(term.due)) : Date.parse(term.decidedAt);
    const [was, next] = [contracted(term.was), term.next && contracted(term.next)];
    if (at < begins || at >= ends || was === null || was.amount === 0) return [];
    return [{
      subscription: term.was.id, product: term.was.product, dueOn: dateOfDay(term.due), outcome: term.outcome, decidedAt: term.decidedAt,
      due: convert(was), renewed: term.outcome !== 'renewed' ? 0 : next && convert(next), events: [...new Set([term.was.setBy.amount ?? term.was.setBy.running, ...(term.next && term.decidedAt === term.next.event.at ? [term.next.event] : [])])],
    }];
  });
}

interface TermOptions { readonly calendar: RevenueCalendar; readonly grace: number; readonly until: string }

/** Every term of one subscription: those that are decided, and the one that runs. */
function termsIn(states: readonly SubscriptionState[], { calendar, grace, until }: TermOptions): Term[] {
  const today = calendar.dayOf(until);
  const terms: Term[] = [];
  let [due, was]: [number | null, SubscriptionState | null] = [null, null];
  const told: SubscriptionState[] = [];
  /** What was paid before the day on which the term ends. */
  const paid = () => told.findLast(({ event }) => calendar.dayOf(event.at) < due!) ?? was!;
  /** Decides terms that ran out before a day, by what was not said. */
  const pass = (day: number, isLost: boolean) => {
    while (was !== null && due !== null) {
      const byItself = was.autoRenew && was.notice === null;
      const isInTime = day <= due + grace;
      if (byItself ? due >= day || (isLost && isInTime) : isInTime) return;
      terms.push({ due, was: paid(), next: byItself ? was : null, outcome: byItself ? 'renewed' : 'late', decidedAt: byItself ? calendar.startOf(due) : null });
      due = byItself ? nextDue(was, due + 1) : null;
    }
  };
  for (const state of states) {
    const day = calendar.dayOf(new Date(state.at).toISOString());
    pass(day, isOver(state));
    const outcome = was === null || due === null ? null : isOver(state) ? 'lost' : saysRenewed(was, state, { due, day }) ? 'renewed' : null;
    if (outcome) terms.push({ due: due!, was: paid(), next: state, outcome, decidedAt: state.event.at });
    if (isOver(state)) due = null;
    else if (was === null || outcome || (isOver(was) && BEGINS.has(state.what)) || dueDay(state) !== dueDay(was)) due = nextDue(state, day);
    was = state;
    told.push(state);
  }
  pass(today, false);
  if (was && due !== null) terms.push({ due, was, next: null, outcome: 'open', decidedAt: null });
  return terms;
}

const BEGINS = new Set(['started', 'resumed']);
const isOver = ({ state, closed, what }: SubscriptionState): boolean => state === 'ended' || closed || what === 'renewal.lapsed';

/** A renewal, or new terms that were agreed once the old ones had run out. */
const saysRenewed = (was: SubscriptionState, { what, renewsOn }: SubscriptionState, { due, day }: { readonly due: number; readonly day: number }): boolean =>
  what === 'renewal.renewed' || (what === 'terms-set' && renewsOn !== was.renewsOn && renewsOn !== null && renewsOn > due && day >= due);

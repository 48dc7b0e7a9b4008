import type { DayOf } from '../day.js';
import { groupsOf } from '../experience/figure.js';
import type { RevenuePolicy } from '../revenue/policy.js';
import { recurringOf, type RevenueEvent, type SubscriptionState } from '../revenue/subscription-history.js';
import type { Stretch } from './accrued.js';

/** What the subscriptions of a customer came to, stretch by stretch, up to a day, which counts once it is over; a stretch without an amount is none. Terms that change within a day count from that day on, the last of them. */
export function stretchesOf(states: readonly SubscriptionState[], { policy, dayOf, day }: { readonly policy: RevenuePolicy; readonly dayOf: DayOf; readonly day: number }): Stretch[] {
  return [...groupsOf(states, ({ id }) => id)].flatMap(([subscription, own]) => own.flatMap((state, place): Stretch[] => {
    const yearly = recurringOf(state, policy);
    const [from, to] = [dayOfMs(state.at, dayOf), place + 1 < own.length ? dayOfMs(own[place + 1]!.at, dayOf) : day];
    const events = [state.setBy.running, ...(state.setBy.amount && state.setBy.amount !== state.setBy.running ? [state.setBy.amount] : [])].map(plain);
    return yearly && to > from ? [{ subscription, product: state.product, from, to, yearly, events }] : [];
  }));
}

const dayOfMs = (at: number, dayOf: DayOf): number => dayOf(new Date(at).toISOString());
const plain = ({ source, id, type }: RevenueEvent) => ({ source, id, type });

/** The day on which the last of the subscriptions ended, or the customer was closed, whichever was first for each; null where something runs or rests, or nothing ever ran. What is told of one that is over moves nothing. */
export function leftOn(states: readonly SubscriptionState[], dayOf: DayOf): number | null {
  const over = [...groupsOf(states, ({ id }) => id).values()].map((own) => own[own.findLastIndex(({ state, closed }) => state !== 'ended' && !closed) + 1]);
  return over.length > 0 && over.every((first) => first !== undefined) ? Math.max(...over.map(({ at }) => dayOfMs(at, dayOf))) : null;
}

import { parsePosition, type JourneyEvent } from '#journey';
import type { DayOf } from '../../day.js';
import { emptySheet, addFact } from '../../fact-sheet.js';
import { invoicedOf } from '../../economics/invoiced.js';
import { money } from '../../sheet/fact.js';
import { amountOverDays } from '../history/contract.js';

/** What winning a customer cost, and how much of it came back: per currency, in minor units. */
export interface Payback {
  readonly currency: string;
  readonly spent: number;
  /** What was paid, net where that is told and less what was credited, or accrued where no payment is known; less what serving cost. */
  readonly recovered: number;
  /** Never below 0, and never more than was spent. */
  readonly unrecovered: number;
  readonly basis: 'payments' | 'subscription';
  /** Position numbers of the facts that were counted, ascending; the days of a subscription count without one. */
  readonly refs: readonly number[];
}

/** From effective events, earliest first, up to a day. A currency in which no acquisition cost was recorded is left out. */
export function paybackOf(events: readonly JourneyEvent[], day: number, dayOf: DayOf): Payback[] {
  const counted = events.filter(({ occurredAt }) => dayOf(occurredAt) <= day);
  const sheet = counted.filter(({ type }) => type.startsWith('subscription.') || type === 'renewal.renewed').reduce((made, event) => addFact(made, event, dayOf), emptySheet());
  const told = new Map(counted.map((event) => [JSON.stringify([event.source, event.id]), event]));
  const paid = invoicedOf(counted, true, dayOf).lines.flatMap(({ amount, currency, events }) => events.map(({ source, id }, place) => ({ event: told.get(JSON.stringify([source, id]))!, amount: { amount: place === 0 ? amount : 0, currency } })));
  const spent = counted.filter(({ type }) => type === 'cost.acquisition-cost-recorded').map((event) => ({ event, amount: money(event.data['amount']) }));
  const served = counted.filter(({ type }) => type === 'cost.service-cost-recorded').map((event) => ({ event, amount: money(event.data['amount']) }));
  return [...new Set(spent.flatMap(({ amount }) => amount?.currency ?? []))].sort().map((currency) => {
    const sum = (list: typeof spent) => list.reduce((total, { amount }) => total + (amount?.currency === currency ? amount.amount : 0), 0);
    const basis = paid.some(({ amount }) => amount?.currency === currency) ? 'payments' as const : 'subscription' as const;
    const income = basis === 'payments' ? sum(paid) : Math.round(amountOverDays(sheet, currency, day));
    const recovered = income - sum(served);
    return {
      currency, spent: sum(spent), recovered, unrecovered: Math.max(0, Math.min(sum(spent), sum(spent) - recovered)), basis,
      refs: [...spent, ...served, ...(basis === 'payments' ? paid : [])].filter(({ amount }) => amount?.currency === currency).map(({ event }) => parsePosition(event.position).n).sort((a, b) => a - b),
    };
  });
}

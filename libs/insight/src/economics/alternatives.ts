import type { JourneyEvent } from '#journey';
import { dayOfDate } from '../day.js';
import { type Figure, sum, weightedMean } from '../experience/figure.js';
import type { Account, Days } from './account.js';
import type { Stretch } from './accrued.js';
import { type LedgerEvent, refOf } from './ledger-line.js';
import { costPerTicket } from './margin.js';
import type { InReporting } from './reported.js';

/** What somebody else would take for the same service. */
export interface AlternativePrice {
  readonly alternative: string;
  readonly per: 'ticket' | 'customer-year';
  readonly price: { readonly amount: number; readonly currency: string };
  readonly from: string;
  readonly source: string;
  readonly what: string | null;
  readonly event: LedgerEvent;
}

/** Such a price beside what the same cost us. */
export interface ComparedAlternative extends AlternativePrice {
  /** Of `ours` and `difference`: that of the price, or the reporting currency where there is a rate. */
  readonly currency: string;
  /** What a ticket, or a year of serving a customer, cost us, in minor units. */
  readonly ours: Figure;
  /** Ours less theirs: above 0 they would take less. The price is taken as certain. */
  readonly difference: Pick<Figure, 'value' | 'low' | 'high'>;
  /** Tickets, or customers, of whom any cost is known; of how many that were served (null of tickets). */
  readonly coverage: { readonly measured: number; readonly of: number | null };
  /** Types of facts that would tell it, where it is not measured. */
  readonly missing: readonly string[];
}

/** What holds on a day: of each alternative the price that began last, of equal ones the last word; a price of 0 takes it back. Of facts in the order of the log. */
export function alternativesOn(facts: readonly JourneyEvent[], day: number): AlternativePrice[] {
  const told = facts.filter(({ type, data }) => type === 'company.alternative-priced' && dayOfDate(String(data['from'])) <= day);
  const inForce = new Map(told.toSorted((a, b) => (String(a.data['from']) < String(b.data['from']) ? -1 : Number(String(a.data['from']) > String(b.data['from'])))).map((event) => [String(event.data['alternative']), event]));
  return [...inForce.values()].map((event) => ({ what: null, ...event.data as unknown as Omit<AlternativePrice, 'event' | 'what'>, event: refOf(event) })).filter(({ price }) => price.amount > 0)
    .sort((a, b) => (a.alternative < b.alternative ? -1 : 1));
}

/**
 * Each price beside what these customers cost us in the days looked at. A ticket: mean over tickets with any cost. A year of a customer: costs of service over years of service, of customers
 * with both, the interval that of a ratio (Cochran, as `weightedMean` has it). Costs that the policy leaves out are in neither.
 */
export function comparedAlternatives(prices: readonly AlternativePrice[], accounts: readonly Account[], days: Days, into: InReporting = (money) => money): ComparedAlternative[] {
  return prices.map((price): ComparedAlternative => {
    const { amount, currency } = into(price.price);
    const costs = accounts.map(({ id, ledger, stretches }) => ({ years: yearsServed(stretches, days), lines: ledger.lines.filter((line) => line.kind === 'service' && !line.left && line.currency === currency && line.day >= days.from && line.day <= days.to).map((line) => ({ ...line, customer: id })) }));
    const served = costs.filter(({ years }) => years > 0);
    const ours = price.per === 'ticket' ? costPerTicket(costs.flatMap(({ lines }) => lines))
      : weightedMean(served.filter(({ lines }) => lines.length > 0).map(({ lines, years }) => ({ value: (0 - sum(lines.map((line) => line.amount))) / years, weight: years })));
    const less = (value: number | null) => (value === null ? null : value - amount);
    return {
      ...price, currency, ours, difference: { value: less(ours.value), low: less(ours.low), high: less(ours.high) }, coverage: { measured: ours.n, of: price.per === 'ticket' ? null : served.length },
      missing: ours.value !== null ? [] : ['cost.service-cost-recorded', ...(price.per === 'customer-year' && served.length === 0 ? ['subscription.started'] : [])],
    };
  });
}

/** Days of the window on which any subscription ran, in years of 365 days; several at once count once. */
function yearsServed(stretches: readonly Stretch[], { from, to }: Days): number {
  let [days, until] = [0, from];
  for (const stretch of stretches.toSorted((a, b) => a.from - b.from)) {
    const [first, end] = [Math.max(stretch.from, until), Math.min(stretch.to, to + 1)];
    days += Math.max(0, end - first);
    until = Math.max(until, end);
  }
  return days / 365;
}

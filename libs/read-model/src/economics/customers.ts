import type { Sql } from '#event-store';
import { dayOfDate, fitAtSale, type FitAtSale, type InReporting, type Ledger, ledgerIn, ledgerOf, leftOn, type Stretch, stretchesIn, stretchesOf, subscriptionHistory, usualRevenuePolicy } from '#insight';
import type { JourneyEvent } from '#journey';
import { findLiveRows } from '../customers/live-rows.js';
import type { ExperienceWindow } from '../experience/window.js';
import { startOfDay } from '../tenant.js';
import type { NamedPolicy } from './policy-of.js';

/** A customer as it is now. */
export interface Who {
  readonly id: string;
  readonly name: string | null;
  readonly segment: string | null;
  readonly owner: string | null;
  readonly industry: string | null;
  readonly region: string | null;
  /** The chance that it leaves within 90 days, by the model in force today; null where there is none, and of earlier moments. */
  readonly risk: number | null;
}

/** One customer, and all that is known of what it earned and cost us up to the moment that is looked from. */
export interface CustomerEconomics extends Who {
  readonly ledger: Ledger;
  readonly stretches: readonly Stretch[];
  readonly soldOn: number | null;
  readonly leftOn: number | null;
  readonly fit: FitAtSale | null;
  /** What all this is made from, earliest first. */
  readonly facts: readonly JourneyEvent[];
}

/** Subscriptions bring in what they bring in, by use or not. */
const REVENUE = { ...usualRevenuePolicy, usage: 'included' } as const;

export async function customersNow(sql: Sql, tenant: string, { segment, customer }: { readonly segment?: string; readonly customer?: string }): Promise<Who[]> {
  const { from } = await findLiveRows(sql);
  return sql.query<Who & Record<string, unknown>>(
    `select customer as id, name, segment, owner, profile ->> 'industry' as industry, profile ->> 'region' as region, risk / 10000.0::float8 as risk from ${from}
     where tenant = $1 and status not in ('merged', 'retracted') and ($2::text is null or segment = $2) and ($3::text is null or customer = $3) order by customer`, [tenant, segment ?? null, customer ?? null]);
}

/** Every segment that a customer has. */
export async function segmentsNow(sql: Sql, tenant: string): Promise<string[]> {
  const { from } = await findLiveRows(sql);
  return (await sql.query<{ segment: string }>(`select distinct segment from ${from} where tenant = $1 and segment is not null order by segment`, [tenant])).map(({ segment }) => segment);
}

export const strangerOf = (id: string): Who => ({ id, name: null, segment: null, owner: null, industry: null, region: null, risk: null });

/** Facts: those of the customer that had happened by the moment that is looked from, earliest first. */
export function economicsOf(who: Who, facts: readonly JourneyEvent[], { window: { calendar, until, from, to }, policy, into }: { readonly window: ExperienceWindow; readonly policy: NamedPolicy; readonly into: InReporting }): CustomerEconomics {
  const { dayOf } = calendar;
  const states = subscriptionHistory(facts, { customer: who.id, policy: REVENUE, calendar: { dayOf, startOf: (day) => startOfDay(day, dayOf) }, until });
  const stretches = stretchesOf(states, { policy: REVENUE, dayOf, day: dayOf(until) });
  const won = facts.find(({ type }) => type === 'sale.won');
  const soldOn = won ? dayOf(won.occurredAt) : states.length > 0 ? Math.min(...states.map(({ startedOn }) => startedOn)) : null;
  return {
    ...who, facts, stretches: stretchesIn(stretches, into), ledger: ledgerIn(ledgerOf(facts, { policy, dayOf, stretches, cuts: [dayOfDate(from), dayOfDate(to) + 1] }), into),
    soldOn, leftOn: leftOn(states, dayOf), fit: soldOn === null ? null : fitAtSale(facts, soldOn, dayOf),
  };
}

import { readStreamsRows, type Sql, streamsIn } from '#event-store';
import { dayOfDate, type EconomicsPolicy, fitAtSale, type FitAtSale, type Ledger, ledgerOf, leftOn, type Stretch, stretchesOf, subscriptionHistory, usualRevenuePolicy } from '#insight';
import { effectiveEvents, type JourneyEvent, parsePosition, type Position } from '#journey';
import { findLiveRows } from '../customers/live-rows.js';
import { inOrder, factsOfText } from '../entities/kept-facts.js';
import { liveEntities } from '../entities/live-entities.js';
import type { ExperienceWindow } from '../experience/window.js';
import { groupBy } from '../group-by.js';
import { positionOf } from '../reading.js';
import { startOfDay } from '../tenant.js';
import { breather } from '../whole-history/breathing.js';
import { revenueTable } from '../revenue/revenue-table.js';
import { economicsTable } from './economics-table.js';

/** One customer, and all that is known of what it earned and cost us up to the moment that is looked from. */
export interface CustomerEconomics {
  readonly id: string;
  readonly name: string | null;
  readonly segment: string | null;
  readonly owner: string | null;
  readonly industry: string | null;
  readonly region: string | null;
  /** The chance that it leaves within 90 days, by the model in force today; null where there is none, and of earlier moments. */
  readonly risk: number | null;
  readonly ledger: Ledger;
  readonly stretches: readonly Stretch[];
  readonly soldOn: number | null;
  readonly leftOn: number | null;
  readonly fit: FitAtSale | null;
  /** What all this is made from, earliest first. */
  readonly facts: readonly JourneyEvent[];
}

export interface Economics {
  readonly customers: readonly CustomerEconomics[];
  /** The last fact that was counted. */
  readonly position: Position | null;
}

export interface EconomicsOptions {
  readonly policy: EconomicsPolicy;
  readonly segment?: string;
  /** Only this customer. */
  readonly customer?: string;
}

/** Subscriptions bring in what they bring in, by use or not. */
const REVENUE = { ...usualRevenuePolicy, usage: 'included' } as const;

/** From the facts that rows keep: those that had happened by the moment asked for. */
export async function loadEconomics(sql: Sql, tenant: string, window: ExperienceWindow, { policy, segment, customer }: EconomicsOptions): Promise<Economics> {
  const { from } = await findLiveRows(sql);
  const who = await sql.query<Omit<CustomerEconomics, 'ledger' | 'stretches' | 'soldOn' | 'leftOn' | 'fit' | 'facts'>>(
    `select customer as id, name, segment, owner, profile ->> 'industry' as industry, profile ->> 'region' as region, risk / 10000.0::float8 as risk from ${from}
     where tenant = $1 and status not in ('merged', 'retracted') and ($2::text is null or segment = $2) and ($3::text is null or customer = $3) order by customer`, [tenant, segment ?? null, customer ?? null]);
  const tables = [await liveEntities(sql, economicsTable), await liveEntities(sql, revenueTable)];
  const rows = await sql.query<{ customer: string; facts: string }>(
    tables.map((table) => `select customer, facts from ${table} where tenant = $1 and ($2::text is null or customer = $2)`).join(' union all '), [tenant, customer ?? null]);
  const known = groupBy(rows, (row) => row.customer);
  const until = Date.parse(window.until);
  let last = 0;
  const breathe = breather();
  const customers: CustomerEconomics[] = [];
  for (const one of who) {
    await breathe();
    const facts = inOrder((known.get(one.id) ?? []).flatMap(({ facts: text }) => factsOfText(tenant, text))).filter(({ occurredAt }) => Date.parse(occurredAt) <= until);
    for (const { position } of facts) last = Math.max(last, parsePosition(position).n);
    customers.push({ ...one, risk: window.past ? null : one.risk, facts, ...economicsOf(one.id, facts, window, policy) });
  }
  return { customers, position: last === 0 ? null : await positionOf(sql, last) };
}

function economicsOf(customer: string, facts: readonly JourneyEvent[], { calendar, until, from, to }: ExperienceWindow, policy: EconomicsPolicy): Pick<CustomerEconomics, 'ledger' | 'stretches' | 'soldOn' | 'leftOn' | 'fit'> {
  const { dayOf } = calendar;
  const states = subscriptionHistory(facts, { customer, policy: REVENUE, calendar: { dayOf, startOf: (day) => startOfDay(day, dayOf) }, until });
  const stretches = stretchesOf(states, { policy: REVENUE, dayOf, day: dayOf(until) });
  const won = facts.find(({ type }) => type === 'sale.won');
  const soldOn = won ? dayOf(won.occurredAt) : states.length > 0 ? Math.min(...states.map(({ startedOn }) => startedOn)) : null;
  return {
    ledger: ledgerOf(facts, { policy, dayOf, stretches, cuts: [dayOfDate(from), dayOfDate(to) + 1] }), stretches,
    soldOn, leftOn: leftOn(states, dayOf), fit: soldOn === null ? null : fitAtSale(facts, soldOn, dayOf),
  };
}

/** The category of the streams in which facts about ourselves stand. */
export const COMPANY = 'company';

/** What was said of our spending and of what others would take, in the order of the log. */
export async function spendFacts(sql: Sql, tenant: string): Promise<JourneyEvent[]> {
  const streams = (await streamsIn(sql, tenant, COMPANY)).map(({ id }) => id);
  if (streams.length === 0) return [];
  return effectiveEvents(await readStreamsRows(sql, tenant, COMPANY, streams, Number.MAX_SAFE_INTEGER)).filter(({ type }) => type === 'company.period-spend-recorded' || type === 'company.alternative-priced');
}

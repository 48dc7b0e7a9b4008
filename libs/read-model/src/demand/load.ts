import { readHorizon, readLogRows, type Sql } from '#event-store';
import type { CustomerFacts, DayOf, DemandAccount, ToldEvent } from '#insight';
import { effectiveEvents, evolveInitiative, formatPosition, type Initiative, INITIATIVES, type JourneyEvent, parsePosition } from '#journey';
import { CORRECTIONS } from '../answers/told-of.js';
import { COUNTED, LISTED_COLUMNS, listed, type ListedRow } from '../customers/customer-answer.js';
import { findLiveRows } from '../customers/live-rows.js';
import { rootsKnown, toldOf } from '../customers/together.js';
import { groupBy } from '../group-by.js';
import { computable } from '../health/held.js';
import { knownOf, knownUntil } from '../health/known.js';
import { momentOf } from '../health/moments.js';
import { assertPart } from '../part-unknown.js';
import { read, type ReadModelOptions } from '../reading.js';
import { calendarOf, type Calendar } from '../tenant.js';
import { ACCOUNT, accountThen, NO_RISK_THEN, namesOf, signsOf } from './accounts-then.js';
import { newestUse, USES } from './newest-use.js';

/** What every question about demand may say. */
export interface DemandOptions {
  readonly tenant: string;
  /** What had happened by then counts: an instant, or the end of a day. Left out: now. */
  readonly asOf?: string;
  /** What was known by then counts. Left out: what is known now. */
  readonly knownAt?: string;
  readonly owner?: string;
  readonly segment?: string;
  /** 1 to 500, default 100: so many of each list. */
  readonly limit?: number;
}

/** What every answer says of itself. */
export interface DemandHead {
  readonly today: Calendar['today'];
  readonly asOf: string;
  readonly knownAt: string;
  /** The log up to here. */
  readonly position: string;
  /** Customers that were looked at, and of how many what they pay, and their chance to leave, is known. */
  /** Why no chance to leave is told; null where it is. */
  readonly noRisk: string | null;
  readonly coverage: { readonly customers: number; readonly withArr: number; readonly withRisk: number };
}

export interface Demand {
  readonly head: DemandHead;
  readonly calendar: Calendar;
  /** Everybody that is asked for, by id; also those of whom nothing is told. */
  readonly customers: readonly CustomerFacts[];
  /** The requests in them are of those who stand for their customers today. */
  readonly initiatives: readonly Initiative[];
  /** The types that any fact is of. */
  readonly types: ReadonlySet<string>;
}

const ALL = Number.MAX_SAFE_INTEGER;

/** Facts of some types of all customers, straight from the log, so that they can be had as of any moment. Who they are and what they pay is read from today's rows, and of an earlier moment from the log as well. `use`: also the newest use of each. @throws QueryRefused for a segment that there is not */
export async function loadDemand(model: ReadModelOptions, options: DemandOptions, types: readonly string[], { use = false } = {}): Promise<Demand> {
  const { tenant, asOf, knownAt } = options;
  const knows = asOf === undefined && knownAt === undefined ? null : await knownUntil(model.reader, knownAt);
  return read(model.reader, tenant, async (sql) => {
    const calendar = await calendarOf(sql, tenant, model.now());
    const until = momentOf(asOf, 'asOf', calendar);
    const known = knows === null ? calendar.now : knownOf(knownAt, calendar, knows);
    const isEarlier = Date.parse(until) < Date.parse(calendar.now) || (knownAt !== undefined && known < knows!);
    const horizon = await readHorizon(sql);
    const roots = await rootsKnown(sql, tenant, knownAt === undefined ? undefined : known);
    const stored = await readLogRows(sql, 0, horizon.n, ALL, { tenant, categories: ['customer', INITIATIVES], types: [...new Set([...types, ...(isEarlier ? ACCOUNT : []), ...CORRECTIONS])] });
    const corrected = streamsOf(stored.filter(({ type }) => CORRECTIONS.includes(type)));
    const uses = use ? await newestUse(sql, tenant, { until, known: knows === null ? null : known, upTo: horizon.n, corrected }) : [];
    const signs = isEarlier ? await signsOf(sql, tenant, { until, known, upTo: horizon.n, corrected, subscribed: streamsOf(stored.filter(({ type }) => type === 'subscription.started')) }) : [];
    const counts = (event: JourneyEvent) => knows === null || Date.parse(event.observedAt) <= Date.parse(known);
    const happened = (event: JourneyEvent) => Date.parse(event.occurredAt) <= Date.parse(until);
    const events = [...new Map([...stored, ...uses, ...signs].map((event) => [event.position, event])).values()].filter(counts);
    const told = groupBy(events.filter(({ stream }) => stream.category === 'customer'), ({ stream }) => roots.root(stream.id));
    const storyOf = (id: string) => computable(toldOf(id, inLogOrder(told.get(id) ?? [])), effectiveEvents).value.filter(happened) as ToldEvent[];
    const everybody = isEarlier ? await customersThen(sql, tenant, [...told.keys()].sort(), { storyOf, day: calendar.dayOf(until), dayOf: calendar.dayOf }) : (await accountsNow(sql, tenant)).map((account): CustomerFacts => ({ account, events: storyOf(account.id) }));
    const asked = new Set([...types, ...(use ? USES : [])]);
    const customers = chosen(everybody, options).map(({ account, events: story }): CustomerFacts => ({ account, events: story.filter(({ type }) => asked.has(type)) }));
    const own = groupBy(events.filter((event) => event.stream.category === INITIATIVES && happened(event)), ({ stream }) => stream.id);
    const initiatives = [...own.values()].flatMap((facts) => facts.reduce<Initiative | null>(evolveInitiative, null) ?? []);
    const running = customers.filter(({ account }) => account.current).map(({ account }) => account);
    return {
      calendar, customers, initiatives: initiatives.map((initiative) => ({ ...initiative, requests: initiative.requests.map(({ customer, feedback }) => ({ customer: roots.root(customer), feedback })) })),
      types: new Set([...customers.flatMap((customer) => customer.events.map(({ type }) => type)), ...initiatives.map(() => 'initiative.started')]),
      head: {
        today: calendar.today, asOf: until, knownAt: known, position: formatPosition(horizon.epoch, horizon.n), noRisk: isEarlier ? NO_RISK_THEN : null,
        coverage: { customers: running.length, withArr: running.filter(({ arr }) => arr.length > 0).length, withRisk: running.filter(({ arrAtRisk }) => arrAtRisk !== null).length },
      },
    };
  });
}

const streamsOf = (events: readonly JourneyEvent[]): string[] => [...new Set(events.map(({ stream }) => stream.id))];
const inLogOrder = (events: readonly JourneyEvent[]): JourneyEvent[] => events.toSorted((a, b) => parsePosition(a.position).n - parsePosition(b.position).n);

/** Of whom anything had happened by then. */
async function customersThen(sql: Sql, tenant: string, ids: readonly string[], { storyOf, ...then }: { readonly storyOf: (id: string) => ToldEvent[]; readonly day: number; readonly dayOf: DayOf }): Promise<CustomerFacts[]> {
  const names = await namesOf(sql, tenant);
  return ids.map((id) => ({ id, events: storyOf(id) })).filter(({ events }) => events.length > 0).map(({ id, events }) => ({ account: accountThen(id, events, { name: names.get(id) ?? null, ...then }), events }));
}

function chosen(customers: readonly CustomerFacts[], { owner, segment }: DemandOptions): CustomerFacts[] {
  if (segment !== undefined) assertPart('segment', segment, [...new Set(customers.flatMap(({ account }) => account.segment ?? []))].sort());
  return customers.filter(({ account }) => (owner === undefined || account.owner === owner) && (segment === undefined || account.segment === segment));
}

async function accountsNow(sql: Sql, tenant: string): Promise<DemandAccount[]> {
  const { from } = await findLiveRows(sql);
  const rows = await sql.query<ListedRow & { since: number | null }>(`select ${LISTED_COLUMNS}, (profile ->> 'customerSince')::int as since from ${from} where tenant = $1 and ${COUNTED} order by customer`, [tenant]);
  return rows.map(({ since, ...row }) => {
    const { id, name, owner, segment, status, arr, risk, arrAtRisk } = listed(row, null);
    return { id, name, owner, segment, current: status === 'active', arr: arr.filter(({ amount }) => amount !== 0), arrAtRisk: risk === null ? null : arrAtRisk, since };
  });
}

import { readHorizon, readLogRows, type Sql } from '#event-store';
import type { CustomerFacts, DemandAccount } from '#insight';
import { effectiveEvents, evolveInitiative, formatPosition, type Initiative, INITIATIVES, type JourneyEvent, parsePosition } from '#journey';
import { CORRECTIONS } from '../answers/told-of.js';
import { COUNTED, LISTED_COLUMNS, listed, type ListedRow } from '../customers/customer-answer.js';
import { findLiveRows } from '../customers/live-rows.js';
import { rootsKnown } from '../customers/together.js';
import { groupBy } from '../group-by.js';
import { computable } from '../health/held.js';
import { knownOf, knownUntil } from '../health/known.js';
import { momentOf } from '../health/moments.js';
import { read, type ReadModelOptions } from '../reading.js';
import { calendarOf, type Calendar } from '../tenant.js';
import { newestUse } from './newest-use.js';

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

/** Facts of some types of all customers, straight from the log, so that they can be had as of any moment; who they are and what they pay is read from today's rows. `use`: also the newest use of each. */
export async function loadDemand(model: ReadModelOptions, options: DemandOptions, types: readonly string[], { use = false } = {}): Promise<Demand> {
  const { tenant, asOf, knownAt } = options;
  const knows = asOf === undefined && knownAt === undefined ? null : await knownUntil(model.reader, knownAt);
  return read(model.reader, tenant, async (sql) => {
    const calendar = await calendarOf(sql, tenant, model.now());
    const until = momentOf(asOf, 'asOf', calendar);
    const known = knows === null ? calendar.now : knownOf(knownAt, calendar, knows);
    const horizon = await readHorizon(sql);
    const roots = await rootsKnown(sql, tenant);
    const stored = await readLogRows(sql, 0, horizon.n, ALL, { tenant, categories: ['customer', INITIATIVES], types: [...types, ...CORRECTIONS] });
    const uses = use ? await newestUse(sql, tenant, { until, known: knows === null ? null : known, upTo: horizon.n, corrected: streamsOf(stored.filter(({ type }) => CORRECTIONS.includes(type))) }) : [];
    const counts = (event: JourneyEvent) => knows === null || Date.parse(event.observedAt) <= Date.parse(known);
    const happened = (event: JourneyEvent) => Date.parse(event.occurredAt) <= Date.parse(until);
    const events = [...stored, ...uses].filter(counts);
    const told = groupBy(events.filter(({ stream }) => stream.category === 'customer'), ({ stream }) => roots.root(stream.id));
    const accounts = await accountsOf(sql, options);
    const customers = accounts.map((account): CustomerFacts => ({ account, events: computable(inLogOrder(told.get(account.id) ?? []), effectiveEvents).value.filter(happened) }));
    const own = groupBy(events.filter((event) => event.stream.category === INITIATIVES && happened(event)), ({ stream }) => stream.id);
    const initiatives = [...own.values()].flatMap((facts) => facts.reduce<Initiative | null>(evolveInitiative, null) ?? []);
    const running = accounts.filter(({ current }) => current);
    return {
      calendar, customers, initiatives: initiatives.map((initiative) => ({ ...initiative, requests: initiative.requests.map(({ customer, feedback }) => ({ customer: roots.root(customer), feedback })) })),
      types: new Set([...customers.flatMap((customer) => customer.events.map(({ type }) => type)), ...initiatives.map(() => 'initiative.started')]),
      head: {
        today: calendar.today, asOf: until, knownAt: known, position: formatPosition(horizon.epoch, horizon.n),
        coverage: { customers: running.length, withArr: running.filter(({ arr }) => arr.length > 0).length, withRisk: running.filter(({ arrAtRisk }) => arrAtRisk !== null).length },
      },
    };
  });
}

const streamsOf = (events: readonly JourneyEvent[]): string[] => [...new Set(events.map(({ stream }) => stream.id))];
const inLogOrder = (events: readonly JourneyEvent[]): JourneyEvent[] => events.toSorted((a, b) => parsePosition(a.position).n - parsePosition(b.position).n);

async function accountsOf(sql: Sql, { tenant, owner, segment }: DemandOptions): Promise<DemandAccount[]> {
  const { from } = await findLiveRows(sql);
  const rows = await sql.query<ListedRow & { since: number | null }>(
    `select ${LISTED_COLUMNS}, (profile ->> 'customerSince')::int as since from ${from} where tenant = $1 and ${COUNTED} and ($2::text is null or owner = $2) and ($3::text is null or segment = $3) order by customer`, [tenant, owner ?? null, segment ?? null]);
  return rows.map(({ since, ...row }) => {
    const { id, name, owner: looksAfter, segment: of, status, arr, risk, arrAtRisk } = listed(row, null);
    return { id, name, owner: looksAfter, segment: of, current: status === 'active', arr: arr.filter(({ amount }) => amount !== 0), arrAtRisk: risk === null ? null : arrAtRisk, since };
  });
}

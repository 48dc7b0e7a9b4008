import { readPositions, readStreamsRows, type Sql } from '#event-store';
import { addFact, type DayOf, type DemandAccount, emptySheet, profileOf, type ToldEvent } from '#insight';
import { eventTypes, familyOf, type JourneyEvent } from '#journey';
import { findLiveRows } from '../customers/live-rows.js';

const typesIn = (families: readonly string[]) => eventTypes.map(({ type }) => type).filter((type) => families.includes(familyOf(type)));

/** Facts that say who a customer is and what it pays. */
export const ACCOUNT: readonly string[] = ['customer.registered', 'customer.profile-changed', 'customer.owner-assigned', 'customer.closed', ...typesIn(['subscription', 'renewal'])];
/** Who has no subscription is a customer by these. */
const SIGNS = typesIn(['usage', 'ticket', 'invoice', 'deployment']);

/** Why nothing is told of a chance to leave. */
export const NO_RISK_THEN = 'The chance to leave is not told of an earlier moment here, nor what it puts at risk: it stands on every fact of every customer. `GET /v1/customers/{id}/churn-risk?asOf=` has it of one.';

/** Who a customer was on a day and what it paid, by its facts until then; under the name of today. Its chance to leave is not known. */
export function accountThen(id: string, events: readonly ToldEvent[], { name, day, dayOf }: { readonly name: string | null; readonly day: number; readonly dayOf: DayOf }): DemandAccount {
  const sheet = events.filter(({ type }) => ACCOUNT.includes(type) || SIGNS.includes(type)).reduce((before, event) => addFact(before, event, dayOf), emptySheet());
  const { owner, segment, status, arr, customerSince } = profileOf(sheet, day);
  return { id, name, owner, segment, current: status === 'active', arr: arr.filter(({ amount }) => amount !== 0), arrAtRisk: null, since: customerSince };
}

export interface SignOptions {
  readonly until: string;
  readonly known: string;
  readonly upTo: number;
  /** Streams of which nothing need be read, and those with corrections, of which everything is: what was taken back is no sign. */
  readonly subscribed: readonly string[];
  readonly corrected: readonly string[];
}

/** One sign of each customer without a subscription: that it uses something, asks, is billed, or is being connected. */
export async function signsOf(sql: Sql, tenant: string, { until, known, upTo, subscribed, corrected }: SignOptions): Promise<JourneyEvent[]> {
  const rows = await sql.query<{ position: string }>(
    `select distinct on (stream) position from log where tenant = $1 and category = 'customer' and type = any($2) and position <= $3 and occurred_at <= $4 and observed_at <= $5 and stream <> all($6) order by stream, position`,
    [tenant, SIGNS, upTo, until, known, [...subscribed, ...corrected]]);
  const first = await readPositions(sql, tenant, rows.map(({ position }) => Number(position)));
  const whole = corrected.filter((stream) => !subscribed.includes(stream));
  return whole.length === 0 ? first : [...first, ...await readStreamsRows(sql, tenant, 'customer', whole, upTo, SIGNS)];
}

/** As they are called today, also those who are merged by now. */
export async function namesOf(sql: Sql, tenant: string): Promise<ReadonlyMap<string, string | null>> {
  const { from } = await findLiveRows(sql);
  const rows = await sql.query<{ customer: string; name: string | null }>(`select customer, name from ${from} where tenant = $1`, [tenant]);
  return new Map(rows.map(({ customer, name }) => [customer, name]));
}

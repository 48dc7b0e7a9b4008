import type { Sql } from '#event-store';
import { type Endpoint, ENDPOINT } from './endpoint.js';

/** A delivery in hand: held for a while, after which anybody may take it again. */
export interface Taken {
  readonly endpoint: Endpoint;
  readonly id: string;
  readonly source: string;
  readonly event: string;
  /** Null for a test, of which nothing is in the log. */
  readonly position: string | null;
  /** With this one. */
  readonly attempts: number;
  /** The first of these. */
  readonly firstAt: Date;
  /** Numbers begin again when it is asked for again; of two attempts with the same one, this tells which is the later. */
  readonly attemptedAt: Date;
}

/** What is sent at once to an endpoint that does well; to another one at a time. */
const AT_ONCE = 8;
/** Whoever has failed, or was never reached, may not take up the room of those who do well. */
const DOUBTFUL = '(failures > 0 or delivered_at is null)';
const FREE = `(held_until is null or held_until <= $1)`;
/** When the next of an endpoint is due: at rest nothing, and after it one for a trial, due or not. */
const DUE = `select min(next_at) as at from webhook_delivery as d where d.tenant = e.tenant and d.endpoint = e.id and state = 'waiting' and next_at is not null and ${FREE}`;
const NEXT = 'case when e.retry_at is null then due.at when due.at is not null then e.retry_at end';

/** When something is due next, for endpoints that do well, for the others, and of tests; and the database's clock. */
export interface NextDue {
  readonly well: Date | null;
  readonly doubtful: Date | null;
  readonly test: Date | null;
  readonly clock: Date;
}

/** As of `now`; null: of the database's clock. What somebody holds is due when nobody does any more. */
export async function nextDue(sql: Sql, now: Date | null): Promise<NextDue> {
  const [row] = await sql.query<NextDue>(
    `with moment as materialized (select coalesce($1::timestamptz, clock_timestamp()) as now),
       due as (select ${DOUBTFUL} as doubtful, least(${NEXT}, (select min(held_until) from webhook_delivery as h where h.tenant = e.tenant and h.endpoint = e.id and h.held_until > moment.now)) as at
         from moment, webhook_endpoint as e cross join lateral (${DUE.replace('$1', '(select now from moment)')}) as due where enabled)
     select (select min(at) from due where not doubtful) as well, (select min(at) from due where doubtful) as doubtful,
       (select min(case when held_until > moment.now then held_until else next_at end) from webhook_delivery, moment where position is null and state = 'waiting') as test, (select now from moment) as clock`, [now]);
  return row!;
}

/** What is taken as of a moment, for how long, and how much at most. */
export interface Take { readonly now: Date; readonly holdMs: number; readonly most: number }

/** Takes what is due for endpoints that do well, or for the others. What somebody else is busy with at this moment is left to them. */
export async function takeDue(sql: Sql, doubtful: boolean, { now, holdMs, most }: Take): Promise<Taken[]> {
  const endpoints = await sql.query<Endpoint>(
    `select ${ENDPOINT} from webhook_endpoint as e cross join lateral (${DUE}) as due
     where enabled and ${DOUBTFUL} = $2 and ${NEXT} <= $1 order by random() limit $3 for no key update of e skip locked`, [now, doubtful, most]);
  return hold(sql, endpoints, { now, holdMs, most }, `position is not null and (next_at <= $1 or e.trial) and next_at is not null`, `case when e.trial or ${doubtful} then 1 else ${AT_ONCE} end`);
}

/** Tests go out whatever state their endpoint is in. */
export async function takeTests(sql: Sql, { now, holdMs, most }: Take): Promise<Taken[]> {
  const endpoints = await sql.query<Endpoint>(
    `select ${ENDPOINT} from webhook_endpoint as e where exists (select from webhook_delivery as d where d.tenant = e.tenant and d.endpoint = e.id and position is null and state = 'waiting' and ${FREE})
     order by random() limit $2 for no key update of e skip locked`, [now, most]);
  return hold(sql, endpoints, { now, holdMs, most }, 'position is null', '2');
}

async function hold(sql: Sql, endpoints: readonly Endpoint[], { now, holdMs, most }: Take, which: string, atOnce: string): Promise<Taken[]> {
  if (endpoints.length === 0) return [];
  const rows = await sql.query<Omit<Taken, 'endpoint'> & { tenant: string; endpoint: string }>(
    `with picked as (
       select d.tenant, d.endpoint, d.id from unnest($4::text[], $5::text[], $6::boolean[]) as e (tenant, id, trial)
       cross join lateral (select tenant, endpoint, id from webhook_delivery as w where w.tenant = e.tenant and w.endpoint = e.id and state = 'waiting' and ${FREE} and ${which}
         order by next_at, seq limit greatest(0, ${atOnce} - (select count(*) from webhook_delivery as h where h.tenant = e.tenant and h.endpoint = e.id and h.held_until > $1))) as d
       limit $3)
     update webhook_delivery as d set held_until = $1::timestamptz + $2 * interval '1 millisecond', attempts = attempts + 1, attempted_at = $1,
       first_attempt_at = case when attempts = 0 then $1 else coalesce(first_attempt_at, since) end
     from picked as p where d.tenant = p.tenant and d.endpoint = p.endpoint and d.id = p.id
     returning d.tenant, d.endpoint, d.id, source, event, position, attempts, first_attempt_at as "firstAt", attempted_at as "attemptedAt"`,
    [now, holdMs, most, endpoints.map(({ tenant }) => tenant), endpoints.map(({ id }) => id), endpoints.map(({ retryAt }) => retryAt !== null)]);
  return rows.map(({ tenant, endpoint: name, ...row }) => ({ ...row, endpoint: endpoints.find((each) => each.tenant === tenant && each.id === name)! }));
}

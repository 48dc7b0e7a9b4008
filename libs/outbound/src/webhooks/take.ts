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
  /** After so many of these the receiver asked for a while. */
  readonly asked: number;
  /** The first of these. */
  readonly firstAt: Date;
  /** Numbers begin again when it is asked for again; of two attempts with the same one, this tells which is the later. */
  readonly attemptedAt: Date;
}

/** What is sent at once to an endpoint that does well; to another one at a time. */
const AT_ONCE = 8;
/** Whoever has failed, or was never reached, may not take up the room of those who do well. */
const DOUBTFUL = '(failures > 0 or delivered_at is null)';
const free = (now: string) => `(held_until is null or held_until <= ${now})`;
/** When the next of an endpoint is due: at rest nothing, and after it one for a trial, due or not. */
const due = (now: string) => `select min(next_at) as at from webhook_delivery as d where d.tenant = e.tenant and d.endpoint = e.id and state = 'waiting' and next_at is not null and ${free(now)}`;
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
         from moment, webhook_endpoint as e cross join lateral (${due('(select now from moment)')}) as due where enabled)
     select (select min(at) from due where not doubtful) as well, (select min(at) from due where doubtful) as doubtful,
       (select min(case when held_until > moment.now then held_until else next_at end) from webhook_delivery, moment where position is null and state = 'waiting') as test, (select now from moment) as clock`, [now]);
  return row!;
}

/** What is taken as of a moment, and for how long. */
export interface Take {
  readonly now: Date;
  readonly holdMs: number;
  /** So many more could be in hand. */
  readonly free: number;
  /** So many of each tenant are in hand. */
  readonly busy: ReadonlyMap<string, number>;
}

/** Half of what is free by which a tenant does not have as much already: so there is always a share left for another. With $1 free, $2 and $3 who has how much. */
const SHARE = 'ceil(($1::int - coalesce(busy, 0)) / 2.0)';
const BUSY = 'unnest($2::text[], $3::int[]) as b (tenant, busy)';
const places = ({ free, busy }: Take) => [free, [...busy.keys()], [...busy.values()]];

/** Takes what is due for endpoints that do well, or for the others. */
export async function takeDue(sql: Sql, doubtful: boolean, take: Take): Promise<Taken[]> {
  const which = `cross join lateral (${due('$4')}) as due where enabled and ${DOUBTFUL} = ${doubtful} and ${NEXT} <= $4`;
  const endpoints = await endpointsInTurn(sql, which, `enabled and ${DOUBTFUL} = ${doubtful} and coalesce(retry_at <= $4, true)`, take);
  return hold(sql, endpoints, take, `position is not null and (next_at <= $4 or e.trial) and next_at is not null`, `case when e.trial or ${doubtful} then 1 else ${AT_ONCE} end`);
}

/** Tests go out whatever state their endpoint is in. */
export async function takeTests(sql: Sql, take: Take): Promise<Taken[]> {
  const which = `where exists (select from webhook_delivery as d where d.tenant = e.tenant and d.endpoint = e.id and position is null and state = 'waiting' and ${free('$4')})`;
  return hold(sql, await endpointsInTurn(sql, which, 'true', take), take, 'position is null', '2');
}

/** What somebody else is busy with at this moment is left to them; what was changed meanwhile is looked at again. */
function endpointsInTurn(sql: Sql, which: string, still: string, take: Take): Promise<Endpoint[]> {
  return sql.query<Endpoint>(
    `with ranked as (select e.tenant, e.id as endpoint, row_number() over (partition by e.tenant order by random()) as turn from webhook_endpoint as e ${which}),
       chosen as (select ranked.tenant as whose, endpoint from ranked left join ${BUSY} on b.tenant = ranked.tenant where turn <= ${SHARE} order by turn limit ceil($1 / 2.0))
     select ${ENDPOINT} from chosen join webhook_endpoint as e on e.tenant = whose and e.id = endpoint where ${still} for no key update of e skip locked`, [...places(take), take.now]);
}

async function hold(sql: Sql, endpoints: readonly Endpoint[], take: Take, which: string, atOnce: string): Promise<Taken[]> {
  if (endpoints.length === 0) return [];
  const rows = await sql.query<Omit<Taken, 'endpoint'> & { tenant: string; endpoint: string }>(
    `with ranked as (
       select d.tenant, d.endpoint, d.id, row_number() over (partition by d.tenant order by random()) as turn from unnest($6::text[], $7::text[], $8::boolean[]) as e (tenant, id, trial)
       cross join lateral (select tenant, endpoint, id from webhook_delivery as w where w.tenant = e.tenant and w.endpoint = e.id and state = 'waiting' and ${free('$4')} and ${which}
         order by next_at, seq limit greatest(0, ${atOnce} - (select count(*) from webhook_delivery as h where h.tenant = e.tenant and h.endpoint = e.id and h.held_until > $4))) as d),
     picked as (select ranked.tenant, endpoint, id from ranked left join ${BUSY} on b.tenant = ranked.tenant where turn <= ${SHARE} order by turn limit ceil($1 / 2.0))
     update webhook_delivery as d set held_until = $4::timestamptz + $5 * interval '1 millisecond', attempts = attempts + 1, attempted_at = $4,
       first_attempt_at = case when attempts = 0 then $4 else coalesce(first_attempt_at, since) end
     from picked as p where d.tenant = p.tenant and d.endpoint = p.endpoint and d.id = p.id
     returning d.tenant, d.endpoint, d.id, source, event, position, attempts, asked, first_attempt_at as "firstAt", attempted_at as "attemptedAt"`,
    [...places(take), take.now, take.holdMs, endpoints.map(({ tenant }) => tenant), endpoints.map(({ id }) => id), endpoints.map(({ retryAt }) => retryAt !== null)]);
  return rows.map(({ tenant, endpoint: name, ...row }) => ({ ...row, endpoint: endpoints.find((each) => each.tenant === tenant && each.id === name)! }));
}

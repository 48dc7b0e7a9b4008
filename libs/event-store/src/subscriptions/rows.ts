import { formatPosition, parsePosition, type Position } from '#journey';
import { Fenced, LEASE_SECONDS } from '../engine/leases.js';
import type { Sql } from '../postgres/database.js';
import type { SubscriptionKind } from './subscription.js';

export interface SubscriptionKey { readonly kind: string; readonly tenant: string; readonly id: string }

/** A subscription in the hands of a worker. */
export interface Held extends SubscriptionKey {
  readonly owner: string;
  /** No two takings have the same, whatever becomes of the row. */
  readonly fence: number;
}

/** A subscription as the last heartbeat saw it. */
export interface SubscriptionRow extends SubscriptionKey {
  readonly fence: number;
  readonly owner: string | null;
  /** Whether its owner is alive. */
  readonly alive: boolean;
}

export interface Seen {
  readonly rows: readonly SubscriptionRow[];
  /** Workers that are alive, by what they carry; this one is among them. */
  readonly workers: Readonly<Record<string, number>>;
  readonly horizon: number;
}

export const nameOf = ({ kind, tenant, id }: SubscriptionKey): string => `${kind}/${tenant}/${id}`;
const carried = (kind: string): string => `subscription:${kind}`;

/** Says that this worker is alive, and looks at all subscriptions of its kinds, in one statement. */
export async function beat(sql: Sql, owner: string, kinds: readonly string[]): Promise<Seen> {
  const [row] = await sql.query<{ rows: SubscriptionRow[] | null; workers: Record<string, number> | null; horizon: string }>(
    `with beat as (
       insert into projection_worker (owner, carries, expires_at) values ($1, $2, clock_timestamp() + $4 * interval '1 second')
       on conflict (owner) do update set carries = excluded.carries, expires_at = excluded.expires_at returning owner)
     select
       (select jsonb_agg(jsonb_build_object('kind', kind, 'tenant', tenant, 'id', id, 'fence', fence, 'owner', s.owner,
          'alive', coalesce(s.owner = $1 or w.expires_at > clock_timestamp(), false)) order by kind, tenant, id)
        from subscription as s left join projection_worker as w on w.owner = s.owner where kind = any($3) and not resting) as rows,
       (select jsonb_object_agg(carried, workers) from (
          select carried, count(*) as workers from projection_worker, unnest(carries) as carried where expires_at > clock_timestamp() and owner <> $1 group by carried) as counted) as workers,
       log_horizon() as horizon
     from beat`, [owner, kinds.map(carried), kinds, LEASE_SECONDS]);
  const { rows, workers, horizon } = row!;
  return { rows: rows ?? [], workers: Object.fromEntries(kinds.map((kind) => [kind, 1 + Number(workers?.[carried(kind)] ?? 0)])), horizon: Number(horizon) };
}

export async function leave(sql: Sql, owner: string): Promise<void> {
  await sql.query('delete from projection_worker where owner = $1', [owner]);
}

/** Whether there is anything to follow, or to be forgotten: what an idle worker asks. */
export async function anything(sql: Sql, kinds: readonly SubscriptionKind[]): Promise<boolean> {
  for (const kind of kinds) if ((await kind.list(sql)).some(({ resting }) => !resting)) return true;
  return (await sql.query('select from subscription where kind = any($1) and not resting limit 1', [kinds.map(({ kind }) => kind)])).length > 0;
}

/**
 * Makes the rows what the kinds say there is to follow: a new one begins at its start, what is gone loses its checkpoint. One worker at a time, each seeing what
 * the one before has seen: nobody takes away what another has just begun.
 */
export async function agree(sql: Sql, kinds: readonly SubscriptionKind[]): Promise<void> {
  await sql.query(`select pg_advisory_xact_lock(hashtext('touchline subscriptions'))`);
  for (const kind of kinds) {
    const wanted = await kind.list(sql);
    const columns = [kind.kind, wanted.map(({ tenant }) => tenant), wanted.map(({ id }) => id)];
    await sql.query('delete from subscription where kind = $1 and (tenant, id) not in (select * from unnest($2::text[], $3::text[]))', columns);
    await sql.query(
      `insert into subscription (kind, tenant, id, position, resting) select $1, * from unnest($2::text[], $3::text[], $4::bigint[], $5::boolean[])
       on conflict (kind, tenant, id) do update set resting = excluded.resting where subscription.resting <> excluded.resting`,
      [...columns, wanted.map(({ start }) => (start === null ? 0 : parsePosition(start).n)), wanted.map(({ resting = false }) => resting)]);
  }
}

/** @returns null where somebody else was faster */
export async function take(sql: Sql, { kind, tenant, id, fence }: SubscriptionRow, owner: string): Promise<Held | null> {
  const [row] = await sql.query<{ fence: string }>(
    `update subscription set owner = $5, fence = nextval('subscription_fence') where (kind, tenant, id) = ($1, $2, $3) and fence = $4 returning fence`, [kind, tenant, id, fence, owner]);
  return row ? { kind, tenant, id, owner, fence: Number(row.fence) } : null;
}

const OURS = '(kind, tenant, id) = ($1, $2, $3) and owner = $4 and fence = $5';
const ours = ({ kind, tenant, id, owner, fence }: Held): unknown[] => [kind, tenant, id, owner, fence];
const fenced = (held: Held): Fenced => new Fenced(`Subscription ${nameOf(held)}`);

export async function release(sql: Sql, held: Held): Promise<void> {
  await sql.query(`update subscription set owner = null where ${OURS}`, ours(held));
}

/** The checkpoint, in the life that the log leads now: a server that was restored or promoted may know an earlier one than this process. @throws Fenced */
export async function checkpointOf(sql: Sql, held: Held): Promise<Position> {
  const [row] = await sql.query<{ position: string; epoch: number }>(`select position, (select n from epoch) as epoch from subscription where ${OURS}`, ours(held));
  if (!row) throw fenced(held);
  return formatPosition(row.epoch, Number(row.position));
}

/** In the transaction of what was written because of it. @throws Fenced, also where the log leads another life by now than the page is of */
export async function advance(sql: Sql, held: Held, position: Position): Promise<void> {
  const { epoch, n } = parsePosition(position);
  const moved = await sql.query(`update subscription set position = $6, failure = null, failures = 0 where ${OURS} and (select n from epoch) = $7 returning 1`, [...ours(held), n, epoch]);
  if (moved.length === 0) throw fenced(held);
}

export async function noteFailure(sql: Sql, held: Held, failure: string): Promise<void> {
  await sql.query(`update subscription set failure = $6, failed_at = clock_timestamp(), failures = failures + 1 where ${OURS}`, [...ours(held), failure.slice(0, 500)]);
}

import type { Sql } from '../postgres/database.js';
import { causeOf } from './cause.js';
import { LEASE_SECONDS } from './leases.js';
import { type CustomerKey, keyText, type Work } from './projection.js';
import { TenantRoots } from './roots.js';

/** What a piece of work spans. `roots` at `upTo`, for a projection in which merged customers are one. */
export interface Span extends Pick<Work, 'generation' | 'partitions' | 'upTo'> {
  readonly roots?: TenantRoots;
  readonly catchingUp?: boolean;
}

export interface WorkInHand extends Work {
  /** True once this work has parked somebody. */
  readonly parkedSome: () => boolean;
}

/** Well below the time after which a silent session is cut off. */
const SILENT_MS = 300;

/**
 * What work on a generation takes together, before anything else, and who drops its tables takes alone: so nobody in the middle of
 * work is waited for by one for whom they wait.
 */
export const doorOf = (name: string, generation: number): string => `touchline generation ${name} ${generation}`;

/**
 * Opens the work of one transaction. A worker that stalls in it for as long as a lease lasts is cut off by the server, so that
 * its locks do not hold up whoever takes over.
 */
export async function openWork(sql: Sql, name: string, { generation, partitions, upTo, roots, catchingUp = false }: Span): Promise<WorkInHand> {
  const rows = await sql.query<{ tenant: string | null; customer: string | null }>(
    `select parked.tenant, parked.customer
     from (select set_config('idle_in_transaction_session_timeout', $3, true), pg_advisory_xact_lock_shared(hashtext($4))) as opened
     left join parked on name = $1 and generation = $2`, [name, generation, `${LEASE_SECONDS}s`, doorOf(name, generation)]);
  const held = new Set(rows.flatMap(({ tenant, customer }) => (tenant === null || customer === null ? [] : [keyText({ tenant, customer })])));
  let parked = false;
  let spoken = performance.now();
  return {
    sql, generation, partitions, upTo, catchingUp, roots: roots ?? new TenantRoots(),
    breathe: async () => {
      await new Promise(setImmediate);
      if (performance.now() - spoken < SILENT_MS) return;
      await sql.query('select 1');
      spoken = performance.now();
    },
    isHeld: (key) => held.has(keyText(key)),
    hold: async (key, position, error) => {
      held.add(keyText(key));
      parked = true;
      await park(sql, { name, generation, tenant: key.tenant, customer: key.customer, position, together: roots !== undefined }, error);
    },
    parkedSome: () => parked,
  };
}

const LONGEST_REASON = 500;

/** A customer that is parked again for the same fact keeps the time since when. */
async function park(sql: Sql, { name, generation, tenant, customer, position, together }: CustomerKey & { name: string; generation: number; position: number; together: boolean }, error: unknown): Promise<void> {
  await sql.query(
    `insert into parked (name, generation, tenant, customer, position, reason, cause, together) values ($1, $2, $3, $4, $5, $6, $7, $8)
     on conflict (name, generation, tenant, customer) do update set position = excluded.position, reason = excluded.reason, cause = excluded.cause,
       accepted = parked.accepted and parked.cause = excluded.cause,
       parked_at = case when parked.position = excluded.position then parked.parked_at else excluded.parked_at end`,
    [name, generation, tenant, customer, position, String((error as Error)?.message ?? error).slice(0, LONGEST_REASON), causeOf(error), together]);
}

import type { Sql } from '#event-store';
import { lockEndpoint } from './endpoint.js';
import { arrange } from './queue.js';

const [DELIVERED_DAYS, FAILED_DAYS, GIVE_UP_DAYS] = [7, 30, 3];
const AT_ONCE = 5_000;

/** Forgets what was delivered a week ago, and what was given up a month ago. */
export async function forgetOld(sql: Sql, now: Date): Promise<number> {
  let forgotten = 0;
  for (const [state, days] of [['delivered', DELIVERED_DAYS], ['failed', FAILED_DAYS]] as const) {
    const rows = await sql.query(
      `delete from webhook_delivery where (tenant, endpoint, id) in (select tenant, endpoint, id from webhook_delivery where state = $1 and done_at < $2::timestamptz - $3 * interval '1 day' limit ${AT_ONCE}) returning 1`, [state, now, days]);
    forgotten += rows.length;
  }
  return forgotten;
}

/** Endpoints that have taken nothing for three days, and still are sent to. */
export const deadEndpoints = (sql: Sql, now: Date): Promise<{ tenant: string; id: string }[]> =>
  sql.query(`select tenant, id from webhook_endpoint where enabled and failing_since < $1::timestamptz - ${GIVE_UP_DAYS} * interval '1 day'`, [now]);

/** What has waited for three days for an endpoint that took nothing in them is given up, tried or not. In a transaction. */
export async function giveUp(sql: Sql, { tenant, id }: { tenant: string; id: string }, now: Date): Promise<number> {
  const endpoint = await lockEndpoint(sql, tenant, id);
  if (!endpoint) return 0;
  const rows = await sql.query(
    `update webhook_delivery set state = 'failed', next_at = null, done_at = $3, failure = coalesce(failure, 'the endpoint took nothing for three days')
     where tenant = $1 and endpoint = $2 and state = 'waiting' and position is not null and since < $3::timestamptz - ${GIVE_UP_DAYS} * interval '1 day' and (held_until is null or held_until <= $3) returning 1`, [tenant, id, now]);
  if (rows.length > 0) await arrange(sql, endpoint);
  return rows.length;
}

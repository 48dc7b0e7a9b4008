import { randomBytes } from 'node:crypto';
import type { Sql } from '#event-store';
import type { Position } from '#journey';
import { arrange } from './queue.js';
import { type Endpoint, ENDPOINT, type EndpointSettings, lockEndpoint } from './endpoint.js';

/** With what waits for it, and what was given up. */
export interface EndpointNow extends Endpoint {
  readonly waiting: number;
  readonly failed: number;
}

const COUNTS = `(select count(*)::int from webhook_delivery as d where d.tenant = e.tenant and d.endpoint = e.id and state = 'waiting') as waiting,
  (select count(*)::int from webhook_delivery as d where d.tenant = e.tenant and d.endpoint = e.id and state = 'failed') as failed`;

export const listEndpoints = (sql: Sql, tenant: string): Promise<EndpointNow[]> =>
  sql.query<EndpointNow>(`select ${ENDPOINT}, ${COUNTS} from webhook_endpoint as e where tenant = $1 order by created_at, id`, [tenant]);

export async function findEndpoint(sql: Sql, tenant: string, id: string): Promise<EndpointNow | undefined> {
  const [endpoint] = await sql.query<EndpointNow>(`select ${ENDPOINT}, ${COUNTS} from webhook_endpoint as e where tenant = $1 and id = $2`, [tenant, id]);
  return endpoint;
}

export interface NewEndpoint extends EndpointSettings {
  /** After which place in the log it begins; null: at the beginning. */
  readonly start: Position | null;
  readonly enabled: boolean;
  readonly by: string;
}

export async function createEndpoint(sql: Sql, tenant: string, { url, description, filter, start, ordered, signature, unseal, enabled, by }: NewEndpoint): Promise<string> {
  const id = `wh_${randomBytes(8).toString('hex')}`;
  await sql.query(
    'insert into webhook_endpoint (tenant, id, url, description, filter, start, ordered, signature, unseal, enabled, created_by) values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)',
    [tenant, id, url, description, JSON.stringify(filter), start, ordered, signature, unseal, enabled, by]);
  return id;
}

/** In the place of what was set before; what waits goes by it too. In a transaction. @returns false where there is no such endpoint */
export async function changeEndpoint(sql: Sql, tenant: string, id: string, { url, description, filter, ordered, signature, unseal }: EndpointSettings): Promise<boolean> {
  if (!await lockEndpoint(sql, tenant, id)) return false;
  await sql.query(
    'update webhook_endpoint set url = $3, description = $4, filter = $5, ordered = $6, signature = $7, unseal = $8, changed_at = now() where tenant = $1 and id = $2',
    [tenant, id, url, description, JSON.stringify(filter), ordered, signature, unseal]);
  await arrange(sql, { tenant, id, ordered });
  return true;
}

/** With what waits for it and the log of what it got. */
export async function deleteEndpoint(sql: Sql, tenant: string, id: string): Promise<boolean> {
  return (await sql.query('delete from webhook_endpoint where tenant = $1 and id = $2 returning id', [tenant, id])).length > 0;
}

/** What waits goes out at once, and it is told of what came meanwhile. */
export async function enableEndpoint(sql: Sql, tenant: string, id: string): Promise<boolean> {
  const rows = await sql.query(
    `update webhook_endpoint set enabled = true, disabled_because = null, failures = 0, failing_since = null, failure = null, retry_at = null, changed_at = now()
     where tenant = $1 and id = $2 returning id`, [tenant, id]);
  await sql.query(`update webhook_delivery set next_at = case when next_at is not null then now() end, since = now(), attempts = 0, asked = 0 where tenant = $1 and endpoint = $2 and state = 'waiting' and held_until is null`, [tenant, id]);
  return rows.length > 0;
}

/** It is told of nothing more; its place in the log is kept, where it goes on when it is enabled again. In a transaction. */
export async function disableEndpoint(sql: Sql, tenant: string, id: string, because: string | null = null): Promise<boolean> {
  if (!await lockEndpoint(sql, tenant, id)) return false;
  await sql.query(
    `update webhook_endpoint as e set enabled = false, disabled_because = $3, changed_at = now(), start = coalesce(
       (select (select n from epoch) || '.' || position from subscription as s where s.kind = 'webhook' and s.tenant = e.tenant and s.id = e.id), start)
     where tenant = $1 and id = $2 and enabled`, [tenant, id, because]);
  return true;
}

/** A new secret; the former one stays good for so many hours, in which all is signed with both. @returns until when */
export async function rotateSecret(sql: Sql, tenant: string, id: string, hours: number): Promise<Date | null> {
  const [row] = await sql.query<{ until: Date }>(
    `update webhook_endpoint set secret = secret + 1, former_until = now() + $3 * interval '1 hour', changed_at = now() where tenant = $1 and id = $2 returning former_until as until`, [tenant, id, hours]);
  return row?.until ?? null;
}

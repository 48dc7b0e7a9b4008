import { randomBytes } from 'node:crypto';
import type { Sql } from '#event-store';
import { lockEndpoint } from './endpoint.js';
import { arrange } from './queue.js';
import { REPORT_PUBLISHED } from './tell-of-report.js';
import { TEST } from './test-event.js';

export const deliveryStates = ['waiting', 'delivered', 'failed'] as const;
export type DeliveryState = (typeof deliveryStates)[number];

/** What was, or is to be, sent to an endpoint. */
export interface LoggedDelivery {
  /** Also its `webhook-id`. */
  readonly id: string;
  readonly type: string;
  readonly source: string;
  readonly event: string;
  /** Null for a test, and for a published report. */
  readonly customer: string | null;
  /** Of the fact; null for a test. */
  readonly position: string | null;
  readonly state: DeliveryState;
  readonly attempts: number;
  /** When it is tried next; null where it waits for another, or for the endpoint to be enabled, or is done. */
  readonly nextAt: Date | null;
  readonly since: Date;
  readonly attemptedAt: Date | null;
  readonly doneAt: Date | null;
  readonly code: number | null;
  readonly answer: string | null;
  readonly failure: string | null;
}

export interface DeliveryQuery {
  readonly state?: DeliveryState;
  /** `next` of the page before. */
  readonly cursor?: number;
  readonly limit: number;
}

/** At rest nothing but a trial comes, of the first; to who is disabled nothing but tests. */
const NEXT_AT = `case when d.position is null or (e.enabled and e.retry_at is null) then next_at when e.enabled and d.id = (
  select id from webhook_delivery as w where w.tenant = d.tenant and w.endpoint = d.endpoint and state = 'waiting' and position is not null and next_at is not null order by next_at, seq limit 1) then e.retry_at end`;

/** The newest first. */
export async function listDeliveries(sql: Sql, tenant: string, endpoint: string, { state, cursor, limit }: DeliveryQuery): Promise<{ deliveries: LoggedDelivery[]; next: string | null }> {
  const rows = await sql.query<LoggedDelivery & { seq: string }>(
    `select d.id, type, source, event, case when position is not null and type <> '${REPORT_PUBLISHED}' then customer end as customer, position, state, attempts, ${NEXT_AT} as "nextAt", since, attempted_at as "attemptedAt", done_at as "doneAt", code, answer, d.failure, seq
     from webhook_delivery as d join webhook_endpoint as e on e.tenant = d.tenant and e.id = d.endpoint where d.tenant = $1 and d.endpoint = $2 and ($3::text is null or state = $3) and ($4::bigint is null or seq < $4) order by seq desc limit $5`,
    [tenant, endpoint, state ?? null, cursor ?? null, limit + 1]);
  const page = rows.slice(0, limit);
  return { deliveries: page.map(({ seq: _, ...delivery }) => delivery), next: rows.length > limit ? page.at(-1)!.seq : null };
}

export interface Again {
  /** One delivery, whatever became of it; or every one that was given up since then. */
  readonly which: { readonly delivery: string } | { readonly failedSince: Date };
}

/** Sends again, with the same `webhook-id`. In a transaction. @returns how many; undefined where there is no such endpoint */
export async function sendAgain(sql: Sql, tenant: string, id: string, { which }: Again): Promise<number | undefined> {
  const endpoint = await lockEndpoint(sql, tenant, id);
  if (!endpoint) return undefined;
  const [condition, value] = 'delivery' in which ? ['id = $3', which.delivery] : [`state = 'failed' and position is not null and done_at >= $3`, which.failedSince];
  const rows = await sql.query(
    `update webhook_delivery set state = 'waiting', attempts = 0, asked = 0, next_at = now(), since = now(), done_at = null, held_until = null
     where tenant = $1 and endpoint = $2 and (held_until is null or held_until <= now()) and ${condition} returning id`, [tenant, id, value]);
  if (rows.length > 1) await arrange(sql, endpoint);
  return rows.length;
}

/** Puts a test on the way: it is sent once, also to an endpoint that is disabled or down. @returns its id; undefined where there is no such endpoint */
export async function sendTest(sql: Sql, tenant: string, endpoint: string): Promise<string | undefined> {
  const id = `msg_test_${randomBytes(12).toString('hex')}`;
  const rows = await sql.query(
    `insert into webhook_delivery (tenant, endpoint, id, customer, source, event, type, since, next_at)
     select tenant, id, $3, $3, 'touchline:webhooks', $3, '${TEST}', now(), now() from webhook_endpoint where tenant = $1 and id = $2 returning id`, [tenant, endpoint, id]);
  return rows.length > 0 ? id : undefined;
}

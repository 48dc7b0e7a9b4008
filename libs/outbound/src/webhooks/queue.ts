import { hash } from 'node:crypto';
import type { Sql } from '#event-store';
import type { EventRef } from '#journey';
import type { Endpoint } from './endpoint.js';

/** A fact that an endpoint is to be told of. */
export interface Told extends EventRef {
  readonly customer: string;
  readonly type: string;
  readonly position: string;
}

type Whose = Pick<Endpoint, 'tenant' | 'id' | 'ordered'>;

/** The same for ever for the same endpoint and fact. */
const webhookId = (endpoint: string, { source, id }: EventRef): string => `msg_${hash('sha256', JSON.stringify([endpoint, source, id]), 'base64url').slice(0, 32)}`;

/** Writes down what is to be delivered, in the order given. In the transaction of the checkpoint, with the endpoint held. */
export async function enqueue(sql: Sql, endpoint: Whose, facts: readonly Told[]): Promise<void> {
  if (facts.length === 0) return;
  const { tenant, id, ordered } = endpoint;
  await sql.query(
    `insert into webhook_delivery (tenant, endpoint, id, customer, source, event, type, position, since, next_at)
     select $1, $2, f.id, customer, source, event, type, position, now(), case when not $9 then now() end
     from unnest($3::text[], $4::text[], $5::text[], $6::text[], $7::text[], $8::text[]) with ordinality as f (id, customer, source, event, type, position, place) order by place
     on conflict do nothing`,
    [tenant, id, facts.map((fact) => webhookId(id, fact)), facts.map(({ customer }) => customer), facts.map(({ source }) => source), facts.map((fact) => fact.id), facts.map(({ type }) => type), facts.map(({ position }) => position), ordered]);
  if (ordered) await release(sql, endpoint, facts.map(({ customer }) => customer));
}

/** The first that waits of each of these customers may go. */
export async function release(sql: Sql, { tenant, id }: Whose, customers: readonly string[]): Promise<void> {
  await sql.query(
    `update webhook_delivery as d set next_at = now() from unnest($3::text[]) as c (customer)
       cross join lateral (select seq, next_at from webhook_delivery as w where w.tenant = $1 and w.endpoint = $2 and w.customer = c.customer and w.state = 'waiting' order by seq limit 1) as first
     where d.tenant = $1 and d.endpoint = $2 and d.customer = c.customer and d.seq = first.seq and d.state = 'waiting' and first.next_at is null`, [tenant, id, [...new Set(customers)]]);
}

/** Lets go what may, after it was changed what waits or whether order is kept. With the endpoint held. */
export async function arrange(sql: Sql, endpoint: Whose): Promise<void> {
  const { tenant, id, ordered } = endpoint;
  if (!ordered) {
    await sql.query(`update webhook_delivery set next_at = now() where tenant = $1 and endpoint = $2 and state = 'waiting' and next_at is null`, [tenant, id]);
    return;
  }
  await sql.query(
    `update webhook_delivery as d set next_at = null where tenant = $1 and endpoint = $2 and state = 'waiting' and next_at is not null and held_until is null and position is not null
       and exists (select from webhook_delivery as w where w.tenant = d.tenant and w.endpoint = d.endpoint and w.customer = d.customer and w.state = 'waiting' and w.seq < d.seq)`, [tenant, id]);
  const rows = await sql.query<{ customer: string }>(`select distinct customer from webhook_delivery where tenant = $1 and endpoint = $2 and state = 'waiting'`, [tenant, id]);
  await release(sql, endpoint, rows.map(({ customer }) => customer));
}

/** So many wait, counted no further than `most`. */
export async function countWaiting(sql: Sql, { tenant, id }: Pick<Endpoint, 'tenant' | 'id'>, most: number): Promise<number> {
  const [row] = await sql.query<{ n: number }>(`select count(*)::int as n from (select from webhook_delivery where tenant = $1 and endpoint = $2 and state = 'waiting' limit $3) as waiting`, [tenant, id, most]);
  return row!.n;
}

import { formatPosition, type JourneyEvent, parsePosition } from '#journey';
import type { Sql } from '../postgres/database.js';
import type { AgendaItem, Due } from './reaction.js';

/** Who took an entry and is not heard of for so long has lost it to whoever looks next. */
const TAKEN_FOR = '2 minutes';

export interface Wanted { readonly reaction: string; readonly event: JourneyEvent; readonly due: Due }

/** Writes down what facts ask for; what stands there already stays as it is. */
export async function writeDown(sql: Sql, wanted: readonly Wanted[]): Promise<void> {
  if (wanted.length === 0) return;
  const column = (of: (each: Wanted) => string | number) => wanted.map(of);
  await sql.query(
    `insert into agenda (reaction, tenant, customer, position, source, id, type, occurred_at, subject, at)
     select * from unnest($1::text[], $2::text[], $3::text[], $4::bigint[], $5::text[], $6::text[], $7::text[], $8::timestamptz[], $9::text[], $10::timestamptz[]) on conflict do nothing`,
    [
      column(({ reaction }) => reaction), column(({ event }) => event.stream.tenant), column(({ event: { stream } }) => (stream.category === 'customer' ? stream.id : '')),
      column(({ event }) => parsePosition(event.position).n), column(({ event }) => event.source), column(({ event }) => event.id), column(({ event }) => event.type),
      column(({ event }) => event.occurredAt), column(({ due }) => due.subject), column(({ due }) => due.at),
    ]);
}

/** An entry in hand, with the name of the reaction that wants it. */
export interface Taken extends AgendaItem { readonly reaction: string }

interface Row { tenant: string; reaction: string; subject: string; position: string; epoch: number; customer: string; source: string; id: string; type: string; occurred_at: Date; was: Date; attempts: number }

const KEY = '(tenant, reaction, subject, position)';

/** Takes up to `most` entries of these reactions whose time has come, the longest due first: nobody else sees them for two minutes. */
export async function takeDue(sql: Sql, reactions: readonly string[], now: Date, most: number): Promise<Taken[]> {
  const rows = await sql.query<Row>(
    `with ripe as (select tenant, reaction, subject, position, at as was from agenda where at <= $2 and reaction = any($1) order by at limit $3 for update skip locked)
     update agenda as a set attempts = attempts + 1, at = $2::timestamptz + interval '${TAKEN_FOR}' from ripe
     where (a.tenant, a.reaction, a.subject, a.position) = (ripe.tenant, ripe.reaction, ripe.subject, ripe.position)
     returning a.*, ripe.was, (select n from epoch) as epoch`, [reactions, now, most]);
  return rows.sort((a, b) => a.was.getTime() - b.was.getTime() || Number(a.position) - Number(b.position)).map(({ tenant, reaction, subject, position, epoch, customer, source, id, type, occurred_at: occurred, was, attempts }) => ({
    tenant, reaction, subject, customer, at: was.toISOString(), attempts,
    cause: { position: formatPosition(epoch, Number(position)), source, id, type, occurredAt: occurred.toISOString() },
  }));
}

/** Strikes an entry out, or puts it off until `again`. Somebody else's by now: nothing happens. */
export async function settle(sql: Sql, item: Taken, again?: string): Promise<void> {
  const { tenant, reaction, subject, attempts, cause } = item;
  const mine = `where ${KEY} = ($1, $2, $3, $4) and attempts = $5`;
  const key = [tenant, reaction, subject, parsePosition(cause.position).n, attempts];
  if (again === undefined) await sql.query(`delete from agenda ${mine}`, key);
  else await sql.query(`update agenda set at = $6, attempts = 0, failure = null ${mine}`, [...key, again]);
}

/** Notes why an attempt failed, and when the next one is made. */
export async function putOff(sql: Sql, { tenant, reaction, subject, attempts, cause }: Taken, failure: string, at: Date): Promise<void> {
  await sql.query(`update agenda set at = $6, failure = $7 where ${KEY} = ($1, $2, $3, $4) and attempts = $5`,
    [tenant, reaction, subject, parsePosition(cause.position).n, attempts, at, failure.slice(0, 500)]);
}

/** When the next entry of these reactions is due; null without any. */
export async function nextDue(sql: Sql, reactions: readonly string[]): Promise<Date | null> {
  const [row] = await sql.query<{ at: Date | null }>('select min(at) as at from agenda where reaction = any($1)', [reactions]);
  return row!.at;
}

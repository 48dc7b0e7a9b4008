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

/**
 * Takes up to `most` entries of these reactions whose time has come: of each tenant in turn, fewer where the caller has others of it in hand, the longest due
 * first, and none of a customer of whom one is in hand. Nobody else sees them for two minutes; so take only what is begun at once.
 */
export async function takeDue(sql: Sql, reactions: readonly string[], { now, most, inHand }: { readonly now: Date; readonly most: number; readonly inHand: readonly Taken[] }): Promise<Taken[]> {
  const rows = await sql.query<Row>(
    `with held as (select * from unnest($4::text[], $5::text[]) as held (tenant, customer)),
     due as (
       select few.*, (select count(*) from held where held.tenant = few.tenant) + row_number() over (partition by few.tenant order by few.at, few.position) as turn
       from tenant cross join lateral (
         select distinct on (customer) * from (
           select tenant, reaction, subject, position, customer, at from agenda
           where agenda.tenant = tenant.id and at <= $2 and reaction = any($1) and not exists (select from held where held.tenant = agenda.tenant and held.customer = agenda.customer)
           order by at, position limit $3 * 4) as first
         order by customer, at, position) as few),
     ripe as (
       select tenant, reaction, subject, position, a.at as was from agenda as a join due using (tenant, reaction, subject, position)
       where a.at <= $2 order by turn, random() limit $3 for update of a skip locked)
     update agenda as a set attempts = attempts + 1, at = $2::timestamptz + interval '${TAKEN_FOR}' from ripe
     where (a.tenant, a.reaction, a.subject, a.position) = (ripe.tenant, ripe.reaction, ripe.subject, ripe.position)
     returning a.*, ripe.was, (select n from epoch) as epoch`, [reactions, now, most, inHand.map(({ tenant }) => tenant), inHand.map(({ customer }) => customer)]);
  return rows.map(({ tenant, reaction, subject, position, epoch, customer, source, id, type, occurred_at: occurred, was, attempts }) => ({
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

/** By the database's clock, which is the same for every process. */
export async function readClock(sql: Sql): Promise<Date> {
  const [row] = await sql.query<{ now: Date }>('select clock_timestamp() as now');
  return row!.now;
}

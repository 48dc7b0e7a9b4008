import type { Sql } from '../postgres/database.js';
import { idBytes } from '../postgres/id-bytes.js';
import { copyRows } from '../postgres/write-rows.js';
import type { Read } from './envelope.js';

/** Events as they stand elsewhere, into the log and all that goes with it; what was reserved for them is not needed any more. In a transaction of the caller's. */
export async function mirrorRows(sql: Sql, events: readonly Read[], width: number): Promise<void> {
  const streams = new Map(events.map(({ event: { stream, revision } }) => [`${stream.tenant}\u0000${stream.category}\u0000${stream.id}`, { stream, revision }]));
  const last = [...streams].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, each]) => each);
  await sql.query(
    `insert into stream as s (tenant, category, id, revision) select * from unnest($1::text[], $2::text[], $3::text[], $4::bigint[])
     on conflict (tenant, category, id) do update set revision = excluded.revision`,
    [last.map(({ stream }) => stream.tenant), last.map(({ stream }) => stream.category), last.map(({ stream }) => stream.id), last.map(({ revision }) => revision)]);
  const rows = events.map(({ event, n, bodyHash }) => {
    const { position: _, stream, revision, recordedAt, observedAt, witnessed, ...rest } = event;
    return { stream, revision, position: n, recordedAt, key: idBytes(stream.tenant, event), event: { ...rest, bodyHash, ...(witnessed ? {} : { observedAt }) } };
  });
  await copyRows(sql, rows, rows[0]!.recordedAt, undefined, width);
  await letGo(sql, rows.map(({ key }) => key));
  const copied = events.flatMap(({ n, origin }) => (origin ? [{ n, ...origin }] : []));
  if (copied.length > 0) {
    await sql.query('insert into event_origin (position, origin, recorded_at) select * from unnest($1::bigint[], $2::text[], $3::timestamptz[])',
      [copied.map(({ n }) => n), copied.map(({ position }) => position), copied.map(({ recordedAt }) => recordedAt)]);
  }
}

/** What was reserved for these ids, which are known by now. An intent goes with the last of its ids: while one is left, whoever meets it finds out by the intent where it stands. */
export async function letGo(sql: Sql, keys: readonly string[]): Promise<void> {
  await sql.query(
    `with gone as (delete from reserved_id where id = any($1::bytea[]) returning batch)
     delete from append_intent as intent where batch in (select batch from gone) and not exists (select from reserved_id as left_over where left_over.batch = intent.batch and left_over.id <> all($1::bytea[]))`, [keys]);
}

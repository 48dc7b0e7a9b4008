import { formatPosition, type Position, type StreamKey } from '#journey';
import type { Append, AppendVerdict, NewEvent } from '../event-store.js';
import type { Sql } from './database.js';
import { LOG_COLUMNS } from './log-row.js';
import { readEpoch } from './read.js';

interface Known { hash: string; position: number }
interface Fresh { stream: StreamKey; revision: number; event: NewEvent; position: number }

const EMPTY = -1;

/**
 * All appends in one transaction, each with its own verdict. The order of the statements is what keeps readers from skipping:
 * lock streams in key order, read known ids, take the floor lock, draw positions, insert. Nothing waits after the floor lock
 * but for the same id written by another transaction at this moment, which ends in a unique violation and a retry.
 */
export async function appendInTransaction(sql: Sql, appends: readonly Append[]): Promise<AppendVerdict[]> {
  const revisions = await lockStreams(sql, appends);
  const known = await readKnownIds(sql, appends);
  const fresh: Fresh[] = [];
  const decisions = appends.map((append) => decide(append, revisions, known, fresh));
  if (fresh.length > 0) await insert(sql, fresh, revisions);
  const epoch = await readEpoch(sql);
  return decisions.map((finish) => finish(epoch));
}

async function lockStreams(sql: Sql, appends: readonly Append[]): Promise<Map<string, number>> {
  const keys = [...new Map(appends.map(({ stream }) => [keyOf(stream), stream])).values()];
  const columns = [keys.map(({ tenant }) => tenant), keys.map(({ category }) => category), keys.map(({ id }) => id)];
  await sql.query(
    `insert into stream (tenant, category, id, revision) select tenant, category, id, ${EMPTY}
     from unnest($1::text[], $2::text[], $3::text[]) as wanted (tenant, category, id) order by 1, 2, 3 on conflict do nothing`, columns);
  const rows = await sql.query<{ tenant: string; category: string; id: string; revision: string }>(
    `select tenant, category, id, revision from stream
     where (tenant, category, id) in (select * from unnest($1::text[], $2::text[], $3::text[])) order by 1, 2, 3 for update`, columns);
  return new Map(rows.map((row) => [keyOf(row), Number(row.revision)]));
}

async function readKnownIds(sql: Sql, appends: readonly Append[]): Promise<Map<string, Known>> {
  const ids = appends.flatMap(({ stream, events }) => events.map((event) => [stream.tenant, event.source, event.id]));
  const rows = await sql.query<{ tenant: string; source: string; id: string; body_hash: string; position: string }>(
    `select tenant, source, id, body_hash, position from unnest($1::text[], $2::text[], $3::text[]) as wanted (tenant, source, id)
     join event_id using (tenant, source, id)`, [0, 1, 2].map((column) => ids.map((id) => id[column])));
  return new Map(rows.map((row) => [idKey(row.tenant, row), { hash: row.body_hash, position: Number(row.position) }]));
}

/** Decides one append against what is known and what this transaction already holds; positions are known only after the draw. */
function decide({ stream, expected, events }: Append, revisions: Map<string, number>, known: Map<string, Known>, fresh: Fresh[]): (epoch: number) => AppendVerdict {
  const entries = new Map<string, Known>();
  for (const event of events) {
    const id = idKey(stream.tenant, event);
    const entry = known.get(id) ?? entries.get(id);
    if (entry && entry.hash !== event.bodyHash) {
      return (epoch) => ({ status: 'conflict', event: { source: event.source, id: event.id }, position: formatPosition(epoch, entry.position) });
    }
    entries.set(id, entry ?? { hash: event.bodyHash, position: 0 });
  }
  const missing = [...entries.keys()].filter((id) => !known.has(id));
  const actual = revisions.get(keyOf(stream))!;
  if (missing.length > 0 && !accepts(expected, actual)) return () => ({ status: 'wrong-revision', actual: actual === EMPTY ? null : actual });
  for (const event of events) {
    const id = idKey(stream.tenant, event);
    if (known.has(id)) continue;
    const entry = entries.get(id)!;
    const revision = revisions.get(keyOf(stream))! + 1;
    revisions.set(keyOf(stream), revision);
    known.set(id, entry);
    fresh.push({ stream, revision, event, get position() { return entry.position; }, set position(value) { entry.position = value; } });
  }
  const positions = (epoch: number): Position[] => events.map((event) => formatPosition(epoch, known.get(idKey(stream.tenant, event))!.position));
  return (epoch) => ({ status: missing.length > 0 ? 'appended' : 'duplicate', positions: positions(epoch) });
}

async function insert(sql: Sql, fresh: Fresh[], revisions: Map<string, number>): Promise<void> {
  const touched = [...new Map(fresh.map(({ stream }) => [keyOf(stream), stream])).values()];
  await sql.query(
    `update stream set revision = new.revision from unnest($1::text[], $2::text[], $3::text[], $4::bigint[]) as new (tenant, category, id, revision)
     where (stream.tenant, stream.category, stream.id) = (new.tenant, new.category, new.id)`,
    [touched.map(({ tenant }) => tenant), touched.map(({ category }) => category), touched.map(({ id }) => id), touched.map((stream) => revisions.get(keyOf(stream)))]);
  await sql.query('select log_floor_lock()');
  const drawn = await sql.query<{ position: string }>(`select nextval('log_position') as position from generate_series(1, $1)`, [fresh.length]);
  fresh.forEach((item, index) => { item.position = Number(drawn[index]!.position); });
  const byId = [...fresh].sort((a, b) => (idKey(a.stream.tenant, a.event) < idKey(b.stream.tenant, b.event) ? -1 : 1));
  await sql.query(
    `insert into event_id (tenant, source, id, body_hash, position) select * from unnest($1::text[], $2::text[], $3::text[], $4::text[], $5::bigint[])`,
    [byId.map(({ stream }) => stream.tenant), byId.map(({ event }) => event.source), byId.map(({ event }) => event.id), byId.map(({ event }) => event.bodyHash), byId.map(({ position }) => position)]);
  await sql.query(
    `with clock as (select date_trunc('milliseconds', clock_timestamp()) as moment)
     insert into log (${LOG_COLUMNS})
     select position, tenant, category, stream, revision, type, version, source, id, occurred_at,
            least(coalesce(observed_at, moment), moment), moment, observed_at is null, actor_kind, actor_id, import_id, data::jsonb
     from clock, unnest($1::bigint[], $2::text[], $3::text[], $4::text[], $5::bigint[], $6::text[], $7::smallint[], $8::text[], $9::text[],
       $10::timestamptz[], $11::timestamptz[], $12::text[], $13::text[], $14::text[], $15::text[])
       as item (position, tenant, category, stream, revision, type, version, source, id, occurred_at, observed_at, actor_kind, actor_id, import_id, data)`,
    [
      fresh.map(({ position }) => position), fresh.map(({ stream }) => stream.tenant), fresh.map(({ stream }) => stream.category),
      fresh.map(({ stream }) => stream.id), fresh.map(({ revision }) => revision), fresh.map(({ event }) => event.type),
      fresh.map(({ event }) => event.version), fresh.map(({ event }) => event.source), fresh.map(({ event }) => event.id),
      fresh.map(({ event }) => event.occurredAt), fresh.map(({ event }) => event.observedAt ?? null), fresh.map(({ event }) => event.actor.kind),
      fresh.map(({ event }) => event.actor.id), fresh.map(({ event }) => event.importId ?? null), fresh.map(({ event }) => JSON.stringify(event.data)),
    ]);
}

function accepts(expected: Append['expected'], actual: number): boolean {
  if (expected === 'any') return true;
  if (expected === 'none') return actual === EMPTY;
  if (expected === 'exists') return actual !== EMPTY;
  return actual === expected;
}

const keyOf = ({ tenant, category, id }: StreamKey) => JSON.stringify([tenant, category, id]);
const idKey = (tenant: string, { source, id }: { source: string; id: string }) => JSON.stringify([tenant, source, id]);

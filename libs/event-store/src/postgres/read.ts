import { type EventRef, formatPosition, type JourneyEvent, parsePosition, type Position, type StreamKey } from '#journey';
import { ForeignEpoch, type LogFilter, type ReadStream, type TakenId } from '../event-store.js';
import type { Sql } from './database.js';
import { idBytes } from './id-bytes.js';
import { EVENT, ODD_EVENT, oddEvent, rowReader, toIso } from './log-row.js';

/** The number of the log's present life; it rises when a restore has lost acknowledged events. */
export async function readEpoch(sql: Sql): Promise<number> {
  const [row] = await sql.query<{ n: number }>('select n from epoch');
  return row!.n;
}

/** The epoch, and the position up to which everything is final. */
export async function readHorizon(sql: Sql): Promise<{ epoch: number; n: number }> {
  const [row] = await sql.query<{ n: string; epoch: number }>('select log_horizon() as n, (select n from epoch) as epoch');
  return { epoch: row!.epoch, n: Number(row!.n) };
}

/** The moment before this one, how many positions had been drawn for what was observed up to then (or for more), and how far the log is final. */
export async function readTold(sql: Sql): Promise<{ until: string; drawn: number; final: number }> {
  const [row] = await sql.texts('select * from log_told()', [], 'told');
  return { until: toIso(row![0]!), drawn: Number(row![1]), final: Number(row![2]) };
}

/** The number of a position in this life of the log. @throws ForeignEpoch when it was given out in another one */
export async function placeOf(sql: Sql, position: Position, horizon: { epoch: number; n: number }): Promise<number> {
  const { epoch, n } = parsePosition(position);
  if (epoch === horizon.epoch && n <= horizon.n) return n;
  const [row] = await sql.query<{ common: string; drawn: string; lived: boolean }>(
    'select log_common($1, $2) as common, last_value as drawn, $1 = (select n from epoch) or exists (select from epoch_before where n = $1) as lived from log_position', [epoch, n]);
  // An append that is still open keeps the horizon below what has been drawn.
  if (epoch === horizon.epoch && n <= Number(row!.drawn)) return n;
  throw new ForeignEpoch(position, formatPosition(horizon.epoch, horizon.n), formatPosition(horizon.epoch, Number(row!.common)), row!.lived);
}

/** Events of one stream, in the caller's transaction. With the reader role, row-level security applies. */
export function readStreamRows(sql: Sql, { tenant, category, id }: StreamKey, { direction = 'forward', from, limit }: ReadStream = {}): Promise<JourneyEvent[]> {
  const [compare, order] = direction === 'forward' ? ['>=', 'asc'] : ['<=', 'desc'];
  return events(sql, `read_stream_${direction}`,
    `select ${EVENT} from log where tenant = $1 and category = $2 and stream = $3 and ($4::bigint is null or revision ${compare} $4)
     order by revision ${order} limit $5`, [tenant, category, id, from ?? null, limit ?? null]);
}

/** Streams of several customers at once, whole or only some types, in log order. */
export function readStreamsRows(sql: Sql, tenant: string, category: string, ids: readonly string[], upTo: number, types?: readonly string[]): Promise<JourneyEvent[]> {
  return events(sql, 'read_streams',
    `select ${EVENT} from log where tenant = $1 and category = $2 and stream = any($3) and position <= $4 and ($5::text[] is null or type = any($5)) order by position`,
    [tenant, category, ids, upTo, types ?? null]);
}

/** What of some types stands in streams after a revision of each, in log order. Stream by stream, by the index: else whole partitions may be read. */
export function readStreamsAfter(sql: Sql, tenant: string, category: string, after: ReadonlyMap<string, number>, upTo: number, types: readonly string[]): Promise<JourneyEvent[]> {
  return events(sql, 'read_streams_after',
    `select short, data from unnest($3::text[], $4::bigint[]) as wanted (id, after)
     cross join lateral (select ${EVENT}, position from log where tenant = $1 and category = $2 and stream = wanted.id and revision > wanted.after and position <= $5 and type = any($6) offset 0) as found
     order by found.position`, [tenant, category, [...after.keys()], [...after.values()], upTo, types]);
}

/** Which of these streams have an event. */
export async function knownStreams(sql: Sql, tenant: string, category: string, ids: readonly string[]): Promise<string[]> {
  const rows = await sql.query<{ id: string }>('select id from stream where tenant = $1 and category = $2 and id = any($3)', [tenant, category, ids]);
  return rows.map(({ id }) => id);
}

/** A stream of a tenant, and how many events it has. */
export interface StreamLength {
  readonly id: string;
  readonly events: number;
}

/** Every stream of a tenant in a category, in order of their ids' characters. */
export async function streamsIn(sql: Sql, tenant: string, category: string): Promise<StreamLength[]> {
  const rows = await sql.texts('select id, revision + 1 from stream where tenant = $1 and category = $2', [tenant, category], 'streams_in');
  return rows.map(([id, events]) => ({ id: id!, events: Number(events) })).sort((a, b) => (a.id < b.id ? -1 : 1));
}

/** The streams of a tenant in a category that have an event of a type. */
export async function readStreamsWith(sql: Sql, tenant: string, category: string, type: string): Promise<string[]> {
  const rows = await sql.query<{ stream: string }>('select distinct stream from log where tenant = $1 and category = $2 and type = $3', [tenant, category, type]);
  return rows.map(({ stream }) => stream);
}

/** Another text whenever an event has come to a category of a tenant, or the log leads another life; made from the streams, whatever their length. */
export async function markOfStreams(sql: Sql, tenant: string, category: string): Promise<string> {
  const [row] = await sql.texts(
    `select (select n from epoch) || '/' || count(*) || '/' || coalesce(sum(revision), 0) from stream where tenant = $1 and category = $2`, [tenant, category], 'mark_of_streams');
  return row![0]!;
}

export function readLogRows(sql: Sql, after: number, upTo: number, limit: number, { tenant, categories, types, containing }: LogFilter): Promise<JourneyEvent[]> {
  const [name, only] = containing ? [`read_log_containing_${containing.length}`, `and (${containing.map((_, index) => `strpos(data::text, $${7 + index}) > 0`).join(' or ') || 'false'})`] : ['read_log', ''];
  return events(sql, name,
    `select ${EVENT} from log where position > $1 and position <= $2
       and ($4::text is null or tenant = $4) and ($5::text[] is null or category = any($5)) and ($6::text[] is null or type = any($6)) ${only}
     order by position limit $3`, [after, upTo, limit, tenant ?? null, categories ?? null, types ?? null, ...containing ?? []]);
}

/** Tenants of whom an event of these categories stands between two positions. */
export async function readTenantsWithin(sql: Sql, after: number, upTo: number, categories: readonly string[]): Promise<string[]> {
  const rows = await sql.texts('select distinct tenant from log where position > $1 and position <= $2 and category = any($3)', [after, upTo, categories], 'read_tenants_within');
  return rows.map(([tenant]) => tenant!);
}

// As the index on them alone has it, in types and in order; with the category, that every door sees to, a fresh server would rather read a whole tenant.
export const MERGES = `type in ('customer.merged', 'customer.unmerged')`;

/** The facts of all tenants that say which customers are one, up to a position; in log order tenant by tenant. */
export function readAllMerges(sql: Sql, upTo: number): Promise<JourneyEvent[]> {
  return events(sql, 'read_all_merges', `select ${EVENT} from log where ${MERGES} and position <= $1 order by tenant, position`, [upTo]);
}

/** The last event up to a position of every stream in these categories, of some tenants or of all, in log order. */
export function readLastOfStreams(sql: Sql, categories: readonly string[], upTo: number, tenants?: readonly string[]): Promise<JourneyEvent[]> {
  return events(sql, 'read_last_of_streams',
    `select short, data from stream as s
     cross join lateral (select ${EVENT}, position from log where tenant = s.tenant and category = s.category and stream = s.id and position <= $2
       order by revision desc limit 1) as last where s.category = any($1) and ($3::text[] is null or s.tenant = any($3)) order by last.position`, [categories, upTo, tenants ?? null]);
}

/** The events with these refs. One index look-up per ref: a plain join is planned as a scan of whole partitions, because their pruning is not counted. */
export function findRows(sql: Sql, tenant: string, refs: readonly EventRef[]): Promise<JourneyEvent[]> {
  return events(sql, 'find',
    `select short, data from unnest($1::bytea[]) as wanted (id)
     cross join lateral (select position from event_id e where e.id = wanted.id limit 1) as taken
     cross join lateral (select ${EVENT} from log where log.position = taken.position limit 1) as found order by taken.position`,
    [refs.map((ref) => idBytes(tenant, ref))]);
}

/** The events at these position numbers, as far as they are this tenant's. */
export function readPositions(sql: Sql, tenant: string, positions: readonly number[]): Promise<JourneyEvent[]> {
  return events(sql, 'read_positions', `select ${EVENT} from log where tenant = $1 and position = any($2::bigint[]) order by position`, [tenant, positions]);
}

/** What an append of these refs would find. */
export async function readTaken(sql: Sql, tenant: string, refs: readonly EventRef[]): Promise<TakenId[]> {
  const rows = await sql.query<{ place: number; bodyHash: string; position: string; epoch: number }>(
    `select place::int, body_hash as "bodyHash", position, (select n from epoch) as epoch from unnest($1::bytea[]) with ordinality as wanted (id, place)
     cross join lateral (select body_hash, position from event_id e where e.id = wanted.id limit 1) as taken`,
    [refs.map((ref) => idBytes(tenant, ref))], 'taken');
  return rows.map(({ place, bodyHash, position, epoch }) => {
    const { source, id } = refs[place - 1]!;
    return { source, id, bodyHash, position: formatPosition(epoch, Number(position)) };
  });
}

async function events(sql: Sql, name: string, text: string, values: readonly unknown[]): Promise<JourneyEvent[]> {
  const rows = (await sql.texts(text, values, name)) as [string, string][];
  const next = rowReader();
  const read = rows.map(([short, data]) => next(short, data));
  const odd = read.flatMap((event, index) => (event ? [] : [index]));
  if (odd.length > 0) {
    const places = odd.map((index) => parsePosition(rows[index]![0].split('\u001f', 1)[0]!).n);
    const again = await sql.texts(`select position, ${ODD_EVENT} from log where position = any($1::bigint[])`, [places], 'read_odd');
    for (const [place, short, data] of again) read[odd[places.indexOf(Number(place))]!] = oddEvent(JSON.parse(short!) as string[], data!);
  }
  return read as JourneyEvent[];
}

import { type EventRef, formatPosition, type JourneyEvent, parsePosition, type Position, type StreamKey } from '#journey';
import { ForeignEpoch, type LogFilter, type ReadStream, type TakenId } from '../event-store.js';
import type { Sql } from './database.js';
import { LOG_COLUMNS, type LogRow, toEvent } from './log-row.js';

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

/** The number of a position in this life of the log. @throws ForeignEpoch when it was given out in another one */
export async function placeOf(sql: Sql, position: Position, horizon: { epoch: number; n: number }): Promise<number> {
  const { epoch, n } = parsePosition(position);
  if (epoch === horizon.epoch && n <= horizon.n) return n;
  const [row] = await sql.query<{ common: string; drawn: string }>('select log_common($1, $2) as common, last_value as drawn from log_position', [epoch, n]);
  // An append that is still open keeps the horizon below what has been drawn.
  if (epoch === horizon.epoch && n <= Number(row!.drawn)) return n;
  throw new ForeignEpoch(position, formatPosition(horizon.epoch, horizon.n), formatPosition(horizon.epoch, Number(row!.common)));
}

/** Events of one stream, in the caller's transaction. With the reader role, row-level security applies. */
export async function readStreamRows(sql: Sql, { tenant, category, id }: StreamKey, { direction = 'forward', from, limit }: ReadStream = {}): Promise<JourneyEvent[]> {
  const [compare, order] = direction === 'forward' ? ['>=', 'asc'] : ['<=', 'desc'];
  const rows = await sql.query<LogRow>(
    `select ${LOG_COLUMNS} from log where tenant = $1 and category = $2 and stream = $3 and ($4::bigint is null or revision ${compare} $4)
     order by revision ${order} limit $5`,
    [tenant, category, id, from ?? null, limit ?? null],
  );
  return toEvents(sql, rows);
}

/** Streams of several customers at once, whole or only some types, in log order. */
export async function readStreamsRows(sql: Sql, tenant: string, category: string, ids: readonly string[], upTo: number, types?: readonly string[]): Promise<JourneyEvent[]> {
  const rows = await sql.query<LogRow>(
    `select ${LOG_COLUMNS} from log where tenant = $1 and category = $2 and stream = any($3) and position <= $4 and ($5::text[] is null or type = any($5)) order by position`,
    [tenant, category, ids, upTo, types ?? null],
  );
  return toEvents(sql, rows);
}

export async function readLogRows(sql: Sql, after: number, upTo: number, limit: number, { tenant, categories, types }: LogFilter): Promise<JourneyEvent[]> {
  const rows = await sql.query<LogRow>(
    `select ${LOG_COLUMNS} from log where position > $1 and position <= $2
       and ($4::text is null or tenant = $4) and ($5::text[] is null or category = any($5)) and ($6::text[] is null or type = any($6))
     order by position limit $3`,
    [after, upTo, limit, tenant ?? null, categories ?? null, types ?? null],
  );
  return toEvents(sql, rows);
}

export async function findRows(sql: Sql, tenant: string, refs: readonly EventRef[]): Promise<JourneyEvent[]> {
  const rows = await sql.query<LogRow>(
    `select ${LOG_COLUMNS.split(', ').map((column) => `log.${column}`).join(', ')} from unnest($2::text[], $3::text[]) as wanted (source, id)
     join event_id using (source, id) join log using (position) where event_id.tenant = $1 order by log.position`,
    [tenant, refs.map(({ source }) => source), refs.map(({ id }) => id)],
  );
  return toEvents(sql, rows);
}

export async function readTaken(sql: Sql, tenant: string, refs: readonly EventRef[]): Promise<TakenId[]> {
  const rows = await sql.query<{ source: string; id: string; body_hash: string; position: string }>(
    // One index look-up per ref: as a plain join it is planned as a scan of all ids, because pruning of partitions is not counted.
    `select wanted.source, wanted.id, body_hash, position from unnest($2::text[], $3::text[]) as wanted (source, id)
     cross join lateral (select body_hash, position from event_id e where e.tenant = $1 and e.source = wanted.source and e.id = wanted.id limit 1) as taken`,
    [tenant, refs.map(({ source }) => source), refs.map(({ id }) => id)],
  );
  const epoch = rows.length === 0 ? 0 : await readEpoch(sql);
  return rows.map(({ source, id, body_hash: bodyHash, position }) => ({ source, id, bodyHash, position: formatPosition(epoch, Number(position)) }));
}

async function toEvents(sql: Sql, rows: LogRow[]): Promise<JourneyEvent[]> {
  if (rows.length === 0) return [];
  const epoch = await readEpoch(sql);
  return rows.map((row) => toEvent(epoch, row));
}

/** The events at these position numbers, as far as they are this tenant's. */
export async function readPositions(sql: Sql, tenant: string, positions: readonly number[]): Promise<JourneyEvent[]> {
  const rows = await sql.query<LogRow>(`select ${LOG_COLUMNS} from log where tenant = $1 and position = any($2::bigint[]) order by position`, [tenant, positions]);
  return toEvents(sql, rows);
}

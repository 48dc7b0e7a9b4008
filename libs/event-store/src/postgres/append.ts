import { formatPosition, type StreamKey } from '#journey';
import type { Append, AppendVerdict } from '../event-store.js';
import type { Sql } from './database.js';
import { decideAppends, type Fresh, idKey, keyOf, type Known } from './decide-appends.js';
import { idBytes } from './id-bytes.js';
import { listOf, toIso } from './log-row.js';
import { copyRows } from './write-rows.js';

/**
 * All appends in one transaction, each with its own verdict. The order of the statements is what keeps readers from skipping:
 * lock streams in key order by raising their revisions, read known ids, take the floor lock, draw positions, insert. Nothing waits after the floor lock
 * but for the same id written by another transaction at this moment, which ends in a unique violation and a retry. To be given a brief transaction, for the time before the draw.
 */
export async function appendInTransaction(sql: Sql, appends: readonly Append[]): Promise<AppendVerdict[]> {
  const streams = [...new Map(appends.map(({ stream }) => [keyOf(stream), stream]))].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, stream]) => stream);
  const { raised, revisions, known, epoch } = await open(sql, streams, appends);
  const { finish, fresh } = decideAppends(appends, revisions, known);
  const wrong = streams.filter((stream) => raised.get(keyOf(stream)) !== revisions.get(keyOf(stream)));
  if (wrong.length > 0) await sql.query('select log_correct($1, $2, $3, $4)', [...columnsOf(wrong), wrong.map((stream) => revisions.get(keyOf(stream)))], 'log_correct');
  if (fresh.length > 0) await write(sql, fresh);
  return finish((position) => formatPosition(epoch, position));
}

interface Opened {
  /** Revisions as `log_open` has set them: as if every event were new. */
  readonly raised: ReadonlyMap<string, number>;
  readonly revisions: Map<string, number>;
  readonly known: Map<string, Known>;
  readonly epoch: number;
}

async function open(sql: Sql, streams: readonly StreamKey[], appends: readonly Append[]): Promise<Opened> {
  const counts = new Map<string, number>();
  for (const { stream, events } of appends) counts.set(keyOf(stream), (counts.get(keyOf(stream)) ?? 0) + events.length);
  const ids = appends.flatMap(({ stream: { tenant }, events }) => events.map(({ source, id }) => ({ tenant, source, id })));
  const [row] = await sql.query<{ revisions: string[]; known: number[] | null; hashes: string[]; positions: string[]; epoch: number }>(
    'select * from log_open($1, $2, $3, $4, $5)',
    [...columnsOf(streams), streams.map((stream) => counts.get(keyOf(stream))), ids.map((ref) => idBytes(ref.tenant, ref))], 'log_open');
  const before = streams.map((stream, index) => [keyOf(stream), Number(row!.revisions[index])] as const);
  return {
    epoch: row!.epoch,
    raised: new Map(before.map(([key, revision]) => [key, revision + counts.get(key)!])),
    revisions: new Map(before),
    known: new Map((row!.known ?? []).map((place, index) => {
      const id = ids[place - 1]!;
      return [idKey(id.tenant, id), { hash: row!.hashes[index]!, position: Number(row!.positions[index]) }];
    })),
  };
}

/** Draws positions and sends the rows. Sets the entries' positions. */
async function write(sql: Sql, fresh: readonly Fresh[]): Promise<void> {
  const [drawn] = await sql.texts('select * from log_draw($1)', [fresh.length], 'log_draw');
  listOf(drawn![0]!).forEach((position, index) => { fresh[index]!.entry.position = Number(position); });
  await copyRows(sql, fresh.map(({ stream, revision, event, entry: { position } }) => ({ stream, revision, event, key: idBytes(stream.tenant, event), position })), toIso(drawn![1]!));
}

const columnsOf = (streams: readonly StreamKey[]) => [streams.map(({ tenant }) => tenant), streams.map(({ category }) => category), streams.map(({ id }) => id)];

import type { StreamKey } from '#journey';
import type { Database } from '../postgres/database.js';
import { readEvent } from './envelope.js';
import type { MirrorLease } from './mirror-lease.js';
import type { Server } from './server.js';
import { streamName } from './stream-name.js';

/** Nothing is appended now: what has come to be known of the log is not all of it, or not what EventStoreDB has. */
export class LogNotWhole extends Error {}

const WHAT_TO_DO = 'What to do: libs/event-store/EVENTSTOREDB.md, "After a loss".';

interface Last extends StreamKey { readonly position: string; readonly revision: string; readonly source: string; readonly event: string }

/**
 * Looks whether EventStoreDB still has the last event of the mirror, where the mirror has it. If not, it has lost events or is another server: that is kept until a new epoch
 * begins, for once enough was appended positions no longer tell. By its place in its stream, as its position may be in the middle of a record by now.
 * @throws LogNotWhole
 */
export async function compareWithMirror(server: Server, worker: Database, { fence, lost }: MirrorLease): Promise<void> {
  if (lost !== null) throw new LogNotWhole(lost);
  const [last] = await worker.statements((sql) => sql.query<Last>('select position, tenant, category, stream as id, revision, source, id as event from log order by log.position desc limit 1'));
  if (!last) return;
  const [there] = await server.part(streamName(last), { from: Number(last.revision), limit: 1 });
  const read = there ? readEvent(there, 0) : null;
  if (read && read.n === Number(last.position) && read.event.revision === Number(last.revision) && read.event.source === last.source && read.event.id === last.event) return;
  const found = `EventStoreDB does not have the event that the mirror has at ${last.position} (${streamName(last)}, revision ${last.revision}): it has lost events, or is another server. ${WHAT_TO_DO}`;
  await worker.statements((sql) => sql.query('update log_mirror set lost = $2 where fence = $1', [fence, found]));
  throw new LogNotWhole(found);
}

/** The epoch, for who is about to append. @throws LogNotWhole */
export async function epochForAppends(worker: Database): Promise<number> {
  const [row] = await worker.statements((sql) => sql.query<{ n: number; lost: string | null; whole: boolean | null }>('select n, lost, whole from epoch left join log_mirror on true', [], 'epoch_for_appends'));
  if (row!.lost !== null) throw new LogNotWhole(`Nothing is appended. ${row!.lost}`);
  if (row!.whole === false) throw new LogNotWhole('Nothing is appended: a new epoch has begun, and the mirror of EventStoreDB has not reached the end since, so not all ids are known. A worker with the role mirror has to run.');
  return row!.n;
}

import { comparePositions, parsePosition, type Position } from '#journey';
import type { EventStore } from '../event-store.js';
import { openEventStoreDb, prepareLog, startMirror, type WhereTheLogIs } from '../open-event-store.js';
import type { Database } from '../postgres/database.js';
import { PostgresEventStore } from '../postgres/postgres-event-store.js';
import { pagesOf } from './copy-source.js';
import { eventStoreDbTarget, postgresTarget } from './copy-target.js';
import { differing, digestsOf } from './digests.js';

/** One end of a copy: the database, and where its log is. */
export interface CopyEnd extends WhereTheLogIs { readonly worker: Database }

export interface CopyReport {
  readonly events: number;
  readonly streams: number;
  /** Streams that are not the same on both sides; empty when all is well. */
  readonly differing: readonly string[];
}

const PAGE = 500;
const LOOK_MS = 100;

/**
 * Copies a whole log into an empty one, in its order, with its times; where each event stood is kept beside it. One that was killed goes on where it was. At the end both are
 * read again and compared, stream by stream. Nobody may append to either meanwhile. `told`: of how many events have been copied by this call.
 */
export async function copyLog(from: CopyEnd, to: CopyEnd, told: (events: number) => void = () => undefined): Promise<CopyReport> {
  await prepareLog(from.worker, from);
  await prepareLog(to.worker, to);
  const [source, copy] = [storeOf(from), storeOf(to)];
  const target = to.eventStore === 'eventstoredb' ? eventStoreDbTarget(to.eventStoreUrl!, to.worker) : postgresTarget(to.worker);
  try {
    const { life, position } = await begin(from, to, copy);
    let events = 0;
    for await (const page of pagesOf(source, position, PAGE)) {
      if (parsePosition(page.position).epoch !== life) throw new Error('The log that is copied has begun another epoch meanwhile. Begin anew, into an empty log.');
      await target.write(page.events, page.position);
      told(events += page.events.length);
    }
    const [{ streams: one }, { streams: other, last }] = [await digestsOf(source), await digestsOf(copy)];
    if (to.eventStore === 'eventstoredb' && last !== null) await mirrored(to, last);
    return { events: [...one.values()].reduce((sum, stream) => sum + stream.events, 0), streams: one.size, differing: differing(one, other) };
  } finally {
    await Promise.all([target.close(), source.close(), copy.close()]);
  }
}

/** @throws Error when the log that is copied to holds something that this copy has not brought */
async function begin(from: CopyEnd, to: CopyEnd, copy: EventStore): Promise<{ life: number; position: Position | null }> {
  const [row] = await from.worker.statements((sql) => sql.query<{ name: string; epoch: number }>(
    `select current_database() || ' since ' || (select created_at from (select min(begun_at) as created_at from epoch) as first) as name, n as epoch from epoch`));
  const { name, epoch } = row!;
  const [begun] = await to.worker.statements((sql) => sql.query<{ origin: string; position: string }>('select origin, position from log_copy'));
  if (begun && begun.origin !== name) throw new Error(`What is there already was copied from another log (${begun.origin}). Copy into an empty log.`);
  if (begun) return { life: epoch, position: begun.position === '' ? null : begun.position };
  if ((await copy.readAll(null, 1)).events.length > 0) throw new Error('The log to copy to is not empty, and what it holds was not copied there. Copy into an empty log.');
  await to.worker.statements((sql) => sql.query(`insert into log_copy (origin, position) values ($1, '')`, [name]));
  return { life: epoch, position: null };
}

/** Brings the mirror to the last event that was copied (other programs may have written since): from then on every id is known. */
async function mirrored(to: CopyEnd, last: Position): Promise<void> {
  let failure: unknown;
  const mirror = await startMirror(to, { worker: to.worker, owner: `copy:${process.pid}`, warn: (_, error) => { failure = error; } });
  const reader = new PostgresEventStore(to.worker);
  try {
    for (; comparePositions(await reader.head(), last) < 0; await new Promise((wake) => setTimeout(wake, LOOK_MS))) if (failure) throw failure;
  } finally {
    await reader.close();
    await mirror?.stop();
  }
}

const storeOf = ({ worker, ...where }: CopyEnd): EventStore => (where.eventStore === 'eventstoredb' ? openEventStoreDb(where.eventStoreUrl!, worker) : new PostgresEventStore(worker));

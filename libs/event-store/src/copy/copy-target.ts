import type { Position } from '#journey';
import { propose } from '../eventstoredb/envelope.js';
import { mirrorRows } from '../eventstoredb/mirror-rows.js';
import { Server } from '../eventstoredb/server.js';
import { streamName } from '../eventstoredb/stream-name.js';
import type { Database, Sql } from '../postgres/database.js';
import { listOf } from '../postgres/log-row.js';
import { asNew, type Copied } from './copied-event.js';

/** Where a log is copied to: pages in the order of the log, each with the position up to which the other log has been copied then. */
export interface CopyTarget {
  write(events: readonly Copied[], upTo: Position): Promise<void>;
  close(): Promise<void>;
}

const NO_ROOM = new Set(['23514', '42P01']);

/** Into PostgreSQL: a page, its ids and how far it goes in one transaction, so a copy that was killed goes on exactly there. */
export function postgresTarget(worker: Database): CopyTarget {
  const write = (events: readonly Copied[], upTo: Position) => worker.transaction(async (sql) => {
    const [drawn] = await sql.texts('select * from log_draw($1)', [events.length], 'log_draw');
    const positions = listOf(drawn![0]!).map(Number);
    await mirrorRows(sql, events.map(({ event, bodyHash }, index) => ({ event, bodyHash, n: positions[index]!, origin: { position: event.position, recordedAt: event.recordedAt } })), WIDTH);
    await keepPlace(sql, upTo);
  });
  return {
    write: async (events, upTo) => {
      if (events.length === 0) return worker.statements((sql) => keepPlace(sql, upTo));
      try {
        await write(events, upTo);
      } catch (error) {
        if (!NO_ROOM.has((error as { code?: string }).code ?? '')) throw error;
        await worker.statements((sql) => sql.query('select log_make_room(last_value) from log_position'));
        await write(events, upTo);
      }
    },
    close: () => Promise.resolve(),
  };
}

/** Positions of a partition of a log that is no mirror. */
const WIDTH = 10_000_000;

/**
 * Onto EventStoreDB: neighbours of one stream together, one append after the other, so that the order of the whole log stays. Each goes exactly behind the event it stood
 * behind, so what a copy that was killed had written is passed over. When it was recorded goes along in the metadata.
 */
export function eventStoreDbTarget(url: string, worker: Database): CopyTarget {
  const server = new Server(url);
  return {
    write: async (events, upTo) => {
      const there = new Map<string, number>();
      for (const run of runsOf(events)) {
        const { stream } = run[0]!.event;
        const name = streamName(stream);
        if (!there.has(name)) there.set(name, await server.lastRevision(name));
        const missing = run.filter(({ event }) => event.revision > there.get(name)!);
        if (missing.length === 0) continue;
        const first = missing[0]!.event;
        const proposed = missing.map((copied) => propose(stream.tenant, asNew(copied), { position: copied.event.position, recordedAt: copied.event.recordedAt }));
        if (!await server.append(name, first.revision - 1, proposed)) throw new Error(`The stream ${name} has other events than those that are copied: somebody else writes to it. Copy into an empty log.`);
      }
      await worker.statements((sql) => keepPlace(sql, upTo));
    },
    close: () => server.close(),
  };
}

/** So many events at most, and few enough bytes for one append. */
const [MOST, MOST_BYTES] = [100, 256 * 1024];

function runsOf(events: readonly Copied[]): Copied[][] {
  const runs: Copied[][] = [];
  let bytes = 0;
  for (const copied of events) {
    const run = runs.at(-1);
    const size = JSON.stringify(copied.event).length;
    if (run && run.length < MOST && bytes + size < MOST_BYTES && streamName(run[0]!.event.stream) === streamName(copied.event.stream)) {
      run.push(copied);
      bytes += size;
    } else {
      runs.push([copied]);
      bytes = size;
    }
  }
  return runs;
}

async function keepPlace(sql: Sql, upTo: Position): Promise<void> {
  await sql.query('update log_copy set position = $1', [upTo]);
}

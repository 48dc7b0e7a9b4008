import type { JourneyEvent } from '#journey';
import type { Database, Sql } from '../postgres/database.js';
import { idBytes } from '../postgres/id-bytes.js';
import type { Read } from './envelope.js';
import { advanceMirror, holdMirror, type MirrorLease } from './mirror-lease.js';
import { letGo, mirrorRows } from './mirror-rows.js';

/** An event that PostgreSQL did not take, and why. */
interface Refused { readonly event: JourneyEvent; readonly error: unknown }

const NO_ROOM = new Set(['23514', '42P01']);
/** What a statement says of the rows that it was given: a value that cannot be stored, an id that stands already, or one that is too long for an index. */
const OF_ROWS = /^(22|23|54)/;

/** A page and how far the mirror is by it, in one transaction. Where it is not taken as a whole, each event goes by itself, and one that is not taken keeps nobody: it is left out and noted. */
export async function writePage(worker: Database, lease: MirrorLease, events: readonly Read[]): Promise<readonly Refused[]> {
  const whole = async (sql: Sql): Promise<Refused[]> => {
    await mirrorRows(sql, events, lease.width);
    return [];
  };
  let [way, room] = [whole, false];
  for (;;) {
    try {
      return await worker.brief(async (sql) => {
        await holdMirror(sql, lease);
        const refused = await way(sql);
        await advanceMirror(sql, lease, events.at(-1)!.n);
        return refused;
      });
    } catch (error) {
      const code = codeOf(error);
      if (NO_ROOM.has(code) && !room) {
        for (const n of new Set(events.map((event) => Math.floor(event.n / lease.width)))) await worker.statements((sql) => sql.query('select log_make_room($1)', [n * lease.width]));
        room = true;
      } else if (OF_ROWS.test(code) && way === whole) way = (sql) => oneByOne(sql, events, lease.width);
      else throw error;
    }
  }
}

async function oneByOne(sql: Sql, events: readonly Read[], width: number): Promise<Refused[]> {
  const refused: Refused[] = [];
  for (const read of events) {
    await sql.query('savepoint one');
    try {
      await mirrorRows(sql, [read], width);
    } catch (error) {
      if (!OF_ROWS.test(codeOf(error))) throw error;
      await sql.query('rollback to savepoint one');
      await note(sql, read, error);
      refused.push({ event: read.event, error });
    }
    await sql.query('release savepoint one');
  }
  return refused;
}

/** Its id stays taken, and its place in its stream as well. */
async function note(sql: Sql, { event, n, bodyHash }: Read, error: unknown): Promise<void> {
  const { stream: { tenant, category, id }, revision } = event;
  const key = idBytes(tenant, event);
  await sql.query('insert into event_id (id, body_hash, position) values ($1, $2, $3) on conflict do nothing', [key, bodyHash, n]);
  await letGo(sql, [key]);
  await sql.query(
    `insert into stream as s (tenant, category, id, revision) values ($1, $2, $3, $4) on conflict (tenant, category, id) do update set revision = excluded.revision`, [tenant, category, id, revision]);
  await sql.query('insert into mirror_refused (position, tenant, category, stream, revision, source, id, why) values ($1, $2, $3, $4, $5, $6, $7, $8)',
    [n, tenant, category, id, revision, event.source, event.id, String(error)].map((value) => (typeof value === 'string' ? value.replaceAll('\u0000', '\uFFFD') : value)));
}

const codeOf = (error: unknown): string => (error as { code?: string }).code ?? '';

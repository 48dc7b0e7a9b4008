import type { Sql } from './database.js';
import type { Fresh } from './decide-appends.js';
import { LOG_COLUMNS } from './log-row.js';

/** Positions of one partition of the log; `log_make_room` has the same number. */
const PARTITION = 10_000_000;

/** Draws positions and sends the rows by COPY, which is quicker than INSERT for many of them. Sets the entries' positions. */
export async function writeRows(sql: Sql, fresh: readonly Fresh[]): Promise<void> {
  const [drawn] = await sql.query<{ positions: string[]; moment: Date }>('select * from log_draw($1)', [fresh.length], 'log_draw');
  fresh.forEach(({ entry }, index) => { entry.position = Number(drawn!.positions[index]); });
  await sql.query(IDS, [
    fresh.map(({ stream }) => stream.tenant), fresh.map(({ event }) => event.source), fresh.map(({ event }) => event.id),
    fresh.map(({ event }) => event.bodyHash), fresh.map(({ entry }) => entry.position),
  ], 'log_ids');
  const moment = drawn!.moment.toISOString();
  for (let start = 0; start < fresh.length;) {
    const partition = Math.floor(fresh[start]!.entry.position / PARTITION);
    const next = fresh.findIndex(({ entry }, index) => index > start && Math.floor(entry.position / PARTITION) !== partition);
    const end = next < 0 ? fresh.length : next;
    await sql.copy(`copy log_${partition} (${LOG_COLUMNS}) from stdin`, fresh.slice(start, end).map((item) => logLine(item, moment)).join(''));
    start = end;
  }
}

const IDS = `
  insert into event_id (tenant, source, id, body_hash, position) select * from unnest($1::text[], $2::text[], $3::text[], $4::text[], $5::bigint[])
    as new (tenant, source, id, body_hash, position) order by tenant collate "C", source collate "C", id collate "C"`;

function logLine({ stream, revision, event, entry }: Fresh, moment: string): string {
  const { type, version, source, id, occurredAt, observedAt, actor, importId, data } = event;
  const observed = observedAt === undefined || Date.parse(observedAt) > Date.parse(moment) ? moment : observedAt;
  return `${entry.position}\t${stream.tenant}\t${field(stream.category)}\t${field(stream.id)}\t${revision}\t${field(type)}\t${version}\t${field(source)}\t${field(id)}\t${occurredAt}\t${observed}\t${moment}\t${
    observedAt === undefined ? 't' : 'f'}\t${actor.kind}\t${field(actor.id)}\t${importId === undefined ? '\\N' : field(importId)}\t${field(JSON.stringify(data))}\n`;
}

const SPECIAL = /[\\\t\n\r]/;
const ESCAPES: Readonly<Record<string, string>> = { '\\': '\\\\', '\t': '\\t', '\n': '\\n', '\r': '\\r' };

/** A value in COPY's text form. */
const field = (value: string): string => (SPECIAL.test(value) ? value.replace(/[\\\t\n\r]/g, (character) => ESCAPES[character]!) : value);

import type { StreamKey } from '#journey';
import type { NewEvent } from '../event-store.js';
import type { Sql } from './database.js';
import { LINK_COLUMNS, LOG_COLUMNS } from './log-row.js';

/** Positions of one partition of a log that is no mirror; `log_width` has the same number. */
const PARTITION = 10_000_000;

/** A row of the log and of the ids. `key` is the event's id as `event_id` has it; `recordedAt`: where it is not the moment of all. */
export interface Row { readonly stream: StreamKey; readonly revision: number; readonly event: NewEvent; readonly key: string; readonly position: number; readonly recordedAt?: string }

/** Whether an event says anything of what it belongs together with; most do not. */
export const isLinked = ({ correlationId, causationId, traceParent }: NewEvent): boolean => correlationId !== undefined || causationId !== undefined || traceParent !== undefined;

/** Sends rows, whose positions rise, by COPY. Ids go first and in key order, so that two transactions with the same ones do not wait for each other crosswise. */
export async function copyRows(sql: Sql, rows: readonly Row[], moment: string, commit?: 'commit', width = PARTITION): Promise<void> {
  const ids = rows.map(({ key, event, position }) => `\\${key}\t${field(event.bodyHash)}\t${position}\n`);
  const copies = [{ text: 'copy event_id (id, body_hash, position) from stdin', rows: ids.sort().join('') }];
  const linked = rows.some(({ event }) => isLinked(event));
  const columns = linked ? `${LOG_COLUMNS}, ${LINK_COLUMNS}` : LOG_COLUMNS;
  for (let start = 0; start < rows.length;) {
    const partition = Math.floor(rows[start]!.position / width);
    let end = start;
    let lines = '';
    while (end < rows.length && Math.floor(rows[end]!.position / width) === partition) {
      const row = rows[end++]!;
      lines += `${logLine(row, row.recordedAt ?? moment)}${linked ? linkFields(row.event) : ''}\n`;
    }
    copies.push({ text: `copy log_${partition} (${columns}) from stdin`, rows: lines });
    start = end;
  }
  await sql.copy(copies, commit);
}

function logLine({ stream, revision, event, position }: Row, moment: string): string {
  const { type, version, source, id, occurredAt, observedAt, actor, importId, data } = event;
  const observed = observedAt === undefined || Date.parse(observedAt) > Date.parse(moment) ? moment : observedAt;
  return `${position}\t${stream.tenant}\t${field(stream.category)}\t${field(stream.id)}\t${revision}\t${field(type)}\t${version}\t${field(source)}\t${field(id)}\t${occurredAt}\t${observed}\t${moment}\t${
    observedAt === undefined ? 't' : 'f'}\t${actor.kind}\t${field(actor.id)}\t${importId === undefined ? '\\N' : field(importId)}\t${field(JSON.stringify(data))}`;
}

const linkFields = ({ correlationId, causationId, traceParent }: NewEvent): string => [correlationId, causationId, traceParent].map((link) => `\t${link === undefined ? '\\N' : field(link)}`).join('');

const SPECIAL = /[\\\t\n\r]/;
const ESCAPES: Readonly<Record<string, string>> = { '\\': '\\\\', '\t': '\\t', '\n': '\\n', '\r': '\\r' };

/** A value in COPY's text form. */
const field = (value: string): string => (SPECIAL.test(value) ? value.replace(/[\\\t\n\r]/g, (character) => ESCAPES[character]!) : value);

import type { JourneyEvent, StreamKey } from '#journey';
import type { Sql } from './database.js';
import { isoReader, partsReader, REST, restOf } from './log-row.js';
import { readStreamsRows } from './read.js';

/** Of an event whose stream is known, the body last. When it was observed is said only where that is not when it occurred. */
const PARTS = ['position', 'revision', 'type', 'version', 'source', 'id', 'occurred_at', `coalesce(nullif(observed_at, occurred_at)::text, '')`, 'recorded_at',
  'witnessed', 'actor_kind', 'actor_id', REST, 'data::text'];

/** Reads the events of one stream out of what has come from the server, so that no more of them are in memory than somebody folds. */
export type Story = () => JourneyEvent[] | Promise<JourneyEvent[]>;

/**
 * Whole streams of customers up to a position, for who folds them by the thousand: each comes as one text, which costs a reader less than half of a row an event,
 * and the server no sorting. @returns the story of each customer that has one, its events in order
 */
export async function readStories(sql: Sql, tenant: string, customers: readonly string[], upTo: number): Promise<Map<string, Story>> {
  const rows = (await sql.texts(
    `select customer, count, text, (select n from epoch) from unnest($2::text[]) as wanted (customer)
     cross join lateral (select count(*), string_agg(line, E'\\x1e') as text from (
       select ${PARTS.join(` || E'\\x1f' || `)} as line from log
       where tenant = $1 and category = 'customer' and stream = customer and position <= $3 order by revision) as lines) as story where count > 0`,
    [tenant, customers, upTo], 'read_stories')) as [string, string, string, string][];
  return new Map(rows.map(([id, count, text, epoch]) => [
    id, () => eventsIn(text, Number(count), epoch, { tenant, category: 'customer', id }) ?? readStreamsRows(sql, tenant, 'customer', [id], upTo)]));
}

/** Null where a text holds a separator itself. */
function eventsIn(text: string, count: number, epoch: string, stream: StreamKey): JourneyEvent[] | null {
  const lines = text.split('\u001e');
  if (lines.length !== count) return null;
  const partsOf = partsReader(PARTS.length);
  const [occurredOf, observedOf, recordedOf] = [isoReader(), isoReader(), isoReader()];
  const events: JourneyEvent[] = [];
  for (const line of lines) {
    const parts = partsOf(line);
    if (!parts) return null;
    const [position, revision, type, version, source, id, occurred, observed, recorded, witnessed, kind, actor, rest, data] = parts as string[] & { length: 14 };
    const occurredAt = occurredOf(occurred!);
    const event = {
      position: `${epoch}.${position}`, stream, revision: Number(revision), type: type!, version: Number(version), source: source!, id: id!,
      occurredAt, observedAt: observed === '' ? occurredAt : observedOf(observed!), recordedAt: recordedOf(recorded!),
      witnessed: witnessed === 'true', actor: { kind: kind as 'person' | 'system', id: actor! },
      data: JSON.parse(data!) as Record<string, unknown>,
    };
    events.push(rest === '' ? event : { ...event, ...restOf(rest!) });
  }
  return events;
}

import { formatPosition } from '#journey';
import type { Append, AppendVerdict } from '../event-store.js';
import type { Sql } from './database.js';
import { idKey, keyOf } from './decide-appends.js';

/** Raised by `log_append` when something is known already or an expectation does not hold; nothing was written. */
export const UNUSUAL = 'TL001';

const EXPECTED = { any: null, none: -1, exists: -2 } as const;

/** Whether `appendUsual` can take these: no more than `most` events, every id once, and no stream that is both expected to be somewhere and appended to twice. */
export function isUsual(appends: readonly Append[], most: number): boolean {
  const count = appends.reduce((sum, { events }) => sum + events.length, 0);
  if (count > most) return false;
  const ids = new Set<string>();
  const streams = new Map<string, boolean>();
  for (const { stream, expected, events } of appends) {
    const key = keyOf(stream);
    const demanding = expected !== 'any';
    if (events.length === 0 || (streams.has(key) && (demanding || streams.get(key)!))) return false;
    streams.set(key, demanding);
    for (const event of events) ids.add(idKey(stream.tenant, event));
  }
  return ids.size === count;
}

/** All appends in one round trip that commits by itself. @throws an error with code `UNUSUAL` when `appendInTransaction` has to decide */
export async function appendUsual(sql: Sql, appends: readonly Append[]): Promise<AppendVerdict[]> {
  const places = new Map<string, number>();
  const streams: { append: Append; count: number }[] = [];
  const items = appends.flatMap((append) => append.events.map((event) => {
    const key = keyOf(append.stream);
    if (!places.has(key)) places.set(key, streams.push({ append, count: 0 }));
    const place = places.get(key)!;
    return { event, place, offset: ++streams[place - 1]!.count };
  }));
  const [row] = await sql.query<{ drawn: string[]; epoch: number }>(CALL, [
    streams.map(({ append }) => append.stream.tenant), streams.map(({ append }) => append.stream.category), streams.map(({ append }) => append.stream.id),
    streams.map(({ count }) => count), streams.map(({ append: { expected } }) => (typeof expected === 'number' ? expected : EXPECTED[expected])),
    items.map(({ place }) => place), items.map(({ offset }) => offset), items.map(({ event }) => event.type), items.map(({ event }) => event.version),
    items.map(({ event }) => event.source), items.map(({ event }) => event.id), items.map(({ event }) => event.bodyHash),
    items.map(({ event }) => event.occurredAt), items.map(({ event }) => event.observedAt ?? null), items.map(({ event }) => event.actor.kind),
    items.map(({ event }) => event.actor.id), items.map(({ event }) => event.importId ?? null), items.map(({ event }) => JSON.stringify(event.data)),
  ], 'log_append');
  const { drawn, epoch } = row!;
  let next = 0;
  return appends.map(({ events }) => ({ status: 'appended', positions: events.map(() => formatPosition(epoch, Number(drawn[next++]))) }));
}

const CALL = `select * from log_append(${Array.from({ length: 18 }, (_, index) => `$${index + 1}`).join(', ')})`;

import { formatPosition, type JourneyEvent, parsePosition, upcast } from '#journey';
import type { EventStore } from '../event-store.js';
import type { Database } from '../postgres/database.js';
import { type Wanted, writeDown } from './agenda.js';
import { isHistory } from './history.js';
import type { Reaction } from './reaction.js';

const PAGE = 1_000;

/** Reactions that nobody has run here before begin at the end of the log: what was recorded before them asks for nothing. */
export async function beginListening(worker: Database, store: EventStore, reactions: readonly Reaction[]): Promise<void> {
  const { n } = parsePosition(await store.head());
  await worker.statements((sql) => sql.query('insert into reaction (name, position) select name, $2 from unnest($1::text[]) as name on conflict do nothing', [reactions.map(({ name }) => name), n]));
}

/**
 * Reads one page of the log and writes down what it asks for, with the checkpoints in one transaction. Who was overtaken by another process, or by another life of the log, writes nothing.
 * @returns whether there may be more to read
 */
export async function listen(worker: Database, store: EventStore, reactions: readonly Reaction[]): Promise<boolean> {
  const places = await worker.statements((sql) => sql.query<{ name: string; position: string; epoch: number }>('select name, position, (select n from epoch) as epoch from reaction where name = any($1)', [reactions.map(({ name }) => name)]));
  const [{ epoch } = { epoch: 0 }] = places;
  if (places.length === 0) return false;
  const at = new Map(places.map(({ name, position }) => [name, Number(position)]));
  const from = Math.min(...at.values());
  const { events, position } = await store.readAll(formatPosition(epoch, from), PAGE, { types: [...new Set(reactions.flatMap(({ types }) => types))] });
  const upTo = parsePosition(position).n;
  const behind = reactions.filter(({ name }) => (at.get(name) ?? Infinity) < upTo);
  if (behind.length === 0) return false;
  const wanted = behind.flatMap((reaction) => events
    .filter((event) => parsePosition(event.position).n > at.get(reaction.name)! && concerns(reaction, event))
    .flatMap((event) => wantedBy(reaction, event) ?? [{ reaction: reaction.name, event, due: { subject: UNREADABLE, at: event.occurredAt } }]));
  try {
    await worker.brief(async (sql) => {
      const moved = await sql.query('update reaction set position = $3 from unnest($1::text[], $2::bigint[]) as was (name, position) where reaction.name = was.name and reaction.position = was.position and (select n from epoch) = $4 returning reaction.name',
        [behind.map(({ name }) => name), behind.map(({ name }) => at.get(name)!), upTo, epoch]);
      if (moved.length < behind.length) throw new Overtaken();
      await writeDown(sql, wanted);
    });
  } catch (error) {
    if (!(error instanceof Overtaken)) throw error;
  }
  return events.length === PAGE;
}

/** Another process has moved a checkpoint meanwhile, or the server was restored or promoted. */
class Overtaken extends Error {}

/** The subject of an entry whose fact could not be read: that fact waits alone, and is looked at again. */
export const UNREADABLE = 'unreadable';

const concerns = ({ types, history }: Reaction, event: JourneyEvent): boolean => types.includes(event.type) && (history === true || !isHistory(event));

/** Null where that fails. */
function wantedBy(reaction: Reaction, event: JourneyEvent): Wanted[] | null {
  try {
    return readNow(reaction, event);
  } catch {
    return null;
  }
}

/** What a fact asks for, in today's version of its type. @throws what `due` throws */
export function readNow(reaction: Reaction, event: JourneyEvent): Wanted[] {
  return reaction.due(upcast(event)).map((due) => ({ reaction: reaction.name, event, due }));
}

import type { RecordedEvent } from '@eventstore/db-client';
import type { Intent, Reservations } from './reservations.js';
import { numberOf } from './envelope.js';
import type { Server } from './server.js';
import { streamName } from './stream-name.js';

/** Where the events of an intent stand; null: they are not stored and never will be, for what was expected does not hold. */
export type Finished = readonly number[] | null;

/**
 * Brings an intent to its end, whoever made it and however far that one came: the server takes the same events at the same place once. Any number of processes
 * may do so at the same time. An intent is made at the end of its stream, and moved only after something else has come to stand there, so that it cannot come to stand there as well.
 */
export async function finishIntent(server: Server, reservations: Reservations, first: Intent): Promise<Finished> {
  for (let intent = first; ;) {
    const name = streamName(intent.stream);
    const stored = await sent(server, reservations, name, intent);
    const positions = await standing(server, name, intent);
    if (positions) {
      await reservations.confirm(intent, positions);
      return positions;
    }
    if (stored) throw new Error(`EventStoreDB has taken an append to ${name} and does not show it.`);
    if (intent.firm) {
      await reservations.drop(intent);
      return null;
    }
    const end = await server.lastRevision(name);
    if (end < intent.revision) throw new Error(`EventStoreDB says that the stream ${name} ends at revision ${end}, and it ended at ${intent.revision} before: it has lost events.`);
    await reservations.move(intent, end);
    const now = await reservations.intent(intent.batch);
    if (now) intent = now;
    else return await standing(server, name, intent) ?? givenUp(name);
  }
}

function givenUp(name: string): never {
  throw new Error(`An append to ${name} has been given up by another process, which the server refused. Send it again.`);
}

/** What the server does not take at its size. */
const TOO_LARGE = 'maximum-append-size-exceeded';
const OF_ONE = new Set([TOO_LARGE, 'stream-deleted', 'access-denied']);

/** Whether an error says of one append that it is not taken, and nothing of others. */
export const isOfOne = (error: unknown): boolean => OF_ONE.has((error as { type?: string }).type ?? '');

class AppendTooLarge extends Error {
  readonly type = TOO_LARGE;
  constructor(name: string, most = NaN) {
    super(`An append to ${name} is larger than EventStoreDB takes at once: its setting MaxAppendSize (${most} bytes). Send less in one, or raise that setting.`);
  }
}

/** The events of one that is too large were not stored and never will be, whoever sends them. After any other error the intent stays: it may have been stored all the same. */
async function sent(server: Server, reservations: Reservations, name: string, intent: Intent): Promise<boolean> {
  try {
    return await server.append(name, intent.revision, intent.events);
  } catch (error) {
    const { type, maxAppendSize } = error as { type?: string; maxAppendSize?: number };
    if (type !== TOO_LARGE) throw error;
    await reservations.drop(intent);
    throw new AppendTooLarge(name, maxAppendSize);
  }
}

/** Pages in which it looks on, where other events stand in between. */
const PAGE = 200;

/** Looks for the events from their place on. What the server said of positions is not asked: of a repeated append it does not always say them. */
async function standing(server: Server, name: string, { revision, events }: Intent): Promise<number[] | undefined> {
  for (let [from, limit] = [revision + 1, events.length]; ; from += limit, limit = PAGE) {
    const page = await server.part(name, { from, limit });
    const first = page.findIndex(({ id }) => id === events[0]!.id);
    if (first >= 0) return whole(name, events, first === 0 && page.length >= events.length ? page : await server.part(name, { from: from + first, limit: events.length }));
    if (page.length < limit) return undefined;
  }
}

function whole(name: string, events: Intent['events'], found: readonly RecordedEvent[]): number[] {
  if (!events.every(({ id }, index) => found[index]?.id === id)) throw new Error(`In the stream ${name} only a part of an append stands that was made as one.`);
  return events.map((_, index) => numberOf(found[index]!.position?.commit));
}

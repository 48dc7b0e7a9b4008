import type { Readable } from 'node:stream';
import { setTimeout as sleep } from 'node:timers/promises';
import type { AllStreamResolvedEvent, EventStoreDBClient, RecordedEvent, ResolvedEvent } from '@eventstore/db-client';
import type { ReadStream } from '../event-store.js';
import type { Proposed } from './envelope.js';
import { appendExactly } from './exact-append.js';
import { OURS, type ServerFilter } from './filter.js';
import { flowing } from './flowing.js';
import { readFiltered } from './filtered-read.js';
import { patiently } from './patiently.js';

const DISPOSE_MS = 2_000;

interface Following {
  readonly signal: AbortSignal;
  /** Told once the server follows. */
  readonly confirmed?: () => void;
  /** Told now and then while the server looks for what passes the filter, and finds none. */
  readonly heard?: () => void;
}

/** The server, in the few words that the store needs. What is decided on what was read, the leader says. */
export class Server {
  private loading: Promise<EventStoreDBClient> | undefined;
  private readonly closing = new AbortController();

  /** `url` as EventStoreDB has it: `esdb://` for one node, `esdb+discover://` for a cluster, with `tls=false` for none. */
  constructor(private readonly url: string) {}

  /** The package of the client is loaded when it is needed first. */
  private client(): Promise<EventStoreDBClient> {
    return this.loading ??= import('@eventstore/db-client').then(({ EventStoreDBClient: Client }) => Client.connectionString(this.url));
  }

  /**
   * Appends exactly after a revision (-1: to a stream that is not there); what cannot be told for sure is tried again, as under a definite revision the server takes the same events once.
   * @returns false when something else stands there; then the events may stand further on, but come to stand there no more
   */
  append(stream: string, revision: number, events: readonly Proposed[]): Promise<boolean> {
    return this.patiently(async () => appendExactly(await this.client(), stream, revision, events));
  }

  /** The revision of the last event; -1 when there is none. */
  async lastRevision(stream: string): Promise<number> {
    const [last] = await this.part(stream, { direction: 'backward', limit: 1 });
    return last ? Number(last.revision) : -1;
  }

  /** Some events of a stream, read to the end: a call that is broken off costs the connection, which a server closes after too many. */
  part(stream: string, options: ReadStream & { readonly limit: number }): Promise<RecordedEvent[]> {
    return this.patiently(() => all(this.stream(stream, options)));
  }

  async *stream(stream: string, { direction = 'forward', from, limit }: ReadStream = {}): AsyncGenerator<RecordedEvent> {
    if (limit === 0) return;
    const reading = (await this.client()).readStream(stream, {
      direction: direction === 'forward' ? 'forwards' : 'backwards', fromRevision: from === undefined ? (direction === 'forward' ? 'start' : 'end') : BigInt(from),
      requiresLeader: true, ...(limit === undefined ? {} : { maxCount: limit }),
    });
    try {
      for await (const { event } of flowing<ResolvedEvent>(reading as unknown as Readable, () => reading.cancel())) if (event) yield event as RecordedEvent;
    } catch (error) {
      if ((error as { type?: string }).type !== 'stream-not-found') throw error;
    }
  }

  /** All events from a position on, with the one there; null: from the beginning. What the filter passes over is not sent. */
  async *all(from: number | null, filter: ServerFilter = OURS): AsyncGenerator<RecordedEvent> {
    yield* readFiltered(await this.client(), { from, filter, backwards: false });
  }

  /** The event at a position. */
  async at(position: number): Promise<RecordedEvent | undefined> {
    return (await this.patiently(async () => all(readFiltered(await this.client(), { from: position, filter: OURS, backwards: false, count: 1 }))))[0];
  }

  /** The last event of ours or of another program; the system's own do not count. */
  async last(): Promise<RecordedEvent | undefined> {
    return (await this.patiently(async () => all(readFiltered(await this.client(), { from: null, filter: OURS, backwards: true, count: 1 }))))[0];
  }

  /** Whether a read that the leader answers comes back; tried once. */
  answers(): Promise<boolean> {
    return this.client().then((client) => all(readFiltered(client, { from: null, filter: OURS, backwards: true, count: 1 }))).then(() => true, () => false);
  }

  /** What comes after a position, and goes on coming until the signal aborts; null: from the beginning, `end`: only what is new. */
  async *follow(after: number | null | 'end', { signal, confirmed, heard }: Following): AsyncGenerator<RecordedEvent> {
    const fromPosition = after === null ? 'start' as const : after === 'end' ? 'end' as const : { commit: BigInt(after), prepare: BigInt(after) };
    const subscription = (await this.client()).subscribeToAll({
      fromPosition,
      filter: { filterOn: 'streamName', regex: OURS.regex, checkpointInterval: 100, checkpointReached: () => heard?.() },
    });
    const stream = subscription as unknown as Readable;
    const end = () => void subscription.unsubscribe().catch(() => undefined).then(() => stream.destroy());
    subscription.once('confirmation', () => confirmed?.());
    signal.addEventListener('abort', end, { once: true });
    if (signal.aborted) end();
    try {
      for await (const { event } of flowing<AllStreamResolvedEvent>(stream, () => subscription.unsubscribe())) if (event) yield event as RecordedEvent;
    } finally {
      signal.removeEventListener('abort', end);
    }
  }

  /** What is under way when it is closed is not tried again. */
  private patiently<T>(work: () => Promise<T>): Promise<T> {
    return patiently(work, this.closing.signal);
  }

  /** The client waits for each of its calls to end, and some never do. */
  async close(): Promise<void> {
    this.closing.abort();
    const client = await this.loading?.catch(() => undefined);
    if (client) await Promise.race([client.dispose(), sleep(DISPOSE_MS, undefined, { ref: false })]);
  }
}

async function all<T>(reading: AsyncIterable<T>): Promise<T[]> {
  const read: T[] = [];
  for await (const one of reading) read.push(one);
  return read;
}

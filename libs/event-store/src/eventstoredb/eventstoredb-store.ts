import { setTimeout as sleep } from 'node:timers/promises';
import { comparePositions, type EventRef, formatPosition, type JourneyEvent, parsePosition, type Position, type StreamKey } from '#journey';
import { type Append, type AppendVerdict, type Batch, type EventStore, ForeignEpoch, type LogFilter, type ReadStream, type TakenId } from '../event-store.js';
import { usual } from '../postgres/append-usual.js';
import type { Database } from '../postgres/database.js';
import { decideAppends, idKey, keyOf, type Known } from '../postgres/decide-appends.js';
import { readEpoch } from '../postgres/read.js';
import { epochForAppends } from './compared.js';
import { numberOf, type Read, readEvent } from './envelope.js';
import { passes, serverFilter } from './filter.js';
import { finishIntent, type Finished, isOfOne } from './finish-intent.js';
import { Growth } from './growth.js';
import { grouped, inParallel } from './in-parallel.js';
import { intentsOf } from './intents-of.js';
import type { Intent, Reservations } from './reservations.js';
import type { Server } from './server.js';
import { slicesOf } from './slices-of.js';
import { streamName } from './stream-name.js';

const GONE_MS = 20;

/** The log on EventStoreDB. Ids and the epoch are kept in PostgreSQL: the server knows ids of a moment ago only, and no lives. */
export class EventStoreDbStore implements EventStore {
  private readonly growth: Growth;

  constructor(private readonly server: Server, private readonly reservations: Reservations, private readonly worker: Database) {
    this.growth = new Growth(server);
  }

  /** Appends that may concern one another go one by one, as each has to see the ones before it. What the server does not take of one fails the call, once those that it goes with are stored. */
  async append(appends: readonly Append[]): Promise<AppendVerdict[]> {
    const verdicts: AppendVerdict[] = [];
    for (const slice of slicesOf(appends)) {
      if (usual(slice)) verdicts.push(...await this.together(slice));
      else for (const append of slice) verdicts.push(...await this.together([append]));
    }
    return verdicts;
  }

  private async together(appends: readonly Append[]): Promise<AppendVerdict[]> {
    for (;;) {
      const epoch = await epochForAppends(this.worker);
      const known = await this.known(appends);
      const decided = decideAppends(appends, await this.revisions(appends), known);
      const intents = intentsOf(appends, decided.fresh);
      if (intents.length > 0 && !await this.reservations.reserve(intents.map(({ intent }) => intent))) continue;
      const failed: unknown[] = [];
      const refused = (await inParallel(intents, async ({ intent, entries }) => {
        const positions = await this.finish(intent).catch((error: unknown) => {
          if (!isOfOne(error)) throw error;
          failed.push(error);
          return [];
        });
        positions?.forEach((position, index) => { entries[index]!.position = position; });
        return positions === null;
      })).some((each) => each);
      if (failed.length > 0) throw failed[0];
      const verdicts = decided.finish((n) => formatPosition(epoch, n));
      if (!refused) return verdicts;
      // Only an append with an expectation is refused, and that is alone with its stream; it is decided on what stands there now.
      return Promise.all(verdicts.map(async (verdict, index) => (isRefused(verdict) ? (await this.together([appends[index]!]))[0]! : verdict)));
    }
  }

  private finish(intent: Intent): Promise<Finished> {
    return finishIntent(this.server, this.reservations, intent);
  }

  /** Ids of which it is not known whether they are stored are made known first. */
  private async known(appends: readonly Append[]): Promise<Map<string, Known>> {
    for (;;) {
      const found = (await Promise.all(grouped(appends, ({ stream }) => stream.tenant).map(async (of) => {
        const { tenant } = of[0]!.stream;
        return (await this.reservations.known(tenant, of.flatMap(({ events }) => events))).map((id) => ({ tenant, ...id }));
      }))).flat();
      const open = new Set(found.flatMap(({ position, batch }) => (position === null && batch !== null ? [batch] : [])));
      if (open.size === 0) return new Map(found.map(({ tenant, hash, position, ...ref }) => [idKey(tenant, ref), { hash, position: position! }]));
      for (const batch of open) {
        const intent = await this.reservations.intent(batch);
        // One that is gone was finished by another: in a moment its ids say where they stand.
        if (intent) await this.finish(intent);
        else await sleep(GONE_MS);
      }
    }
  }

  private async revisions(appends: readonly Append[]): Promise<Map<string, number>> {
    const streams = [...new Map(appends.map(({ stream }) => [keyOf(stream), stream]))];
    return new Map(await inParallel(streams, async ([key, stream]) => [key, await this.server.lastRevision(streamName(stream))] as const));
  }

  async readStream(stream: StreamKey, options?: ReadStream): Promise<JourneyEvent[]> {
    const epoch = await this.epoch();
    const events: JourneyEvent[] = [];
    for await (const recorded of this.server.stream(streamName(stream), options)) {
      const read = readEvent(recorded, epoch);
      if (read) events.push(read.event);
    }
    return events;
  }

  async readAll(after: Position | null, limit: number, filter?: LogFilter): Promise<Batch> {
    for await (const batch of this.read(after, { batchSize: limit, ...(filter && { filter }) })) return batch;
    throw new Error('A read of the log has at least one page.');
  }

  async *read(after: Position | null, { batchSize, filter = {} }: { batchSize: number; filter?: LogFilter }): AsyncIterable<Batch> {
    const end = await this.head();
    if (after !== null) await this.check(after, end);
    let events: JourneyEvent[] = [];
    for await (const { event } of this.between(after, end, filter)) {
      events.push(event);
      if (events.length < batchSize) continue;
      yield { events, position: event.position };
      events = [];
    }
    yield { events, position: after !== null && comparePositions(after, end) > 0 ? after : end };
  }

  /** All of ours after a position up to another that pass, as they are stored. */
  async *between(after: Position | null, end: Position, filter: LogFilter = {}): AsyncGenerator<Read> {
    const [{ epoch, n: last }, first] = [parsePosition(end), after === null ? 0 : parsePosition(after).n];
    if (first >= last) return;
    for await (const recorded of this.server.all(first === 0 ? null : first, serverFilter(filter))) {
      const n = numberOf(recorded.position?.commit);
      if (n > last) return;
      const read = n > first ? readEvent(recorded, epoch) : null;
      if (read && passes(read.event, filter)) yield read;
    }
  }

  onGrowth(listener: () => void): () => void {
    return this.growth.listen(listener);
  }

  async find(tenant: string, refs: readonly EventRef[]): Promise<JourneyEvent[]> {
    const epoch = await this.epoch();
    const places = (await this.reservations.known(tenant, refs)).flatMap(({ position }) => (position === null ? [] : [position])).sort((a, b) => a - b);
    return inParallel([...new Set(places)], async (n) => {
      const recorded = await this.server.at(n);
      if (recorded && numberOf(recorded.position?.commit) === n) return readEvent(recorded, epoch)!.event;
      throw new Error(`EventStoreDB has no event at position ${n}, where one was stored.`);
    });
  }

  async taken(tenant: string, refs: readonly EventRef[]): Promise<TakenId[]> {
    const epoch = await this.epoch();
    return (await this.reservations.known(tenant, refs)).flatMap(({ source, id, hash, position }) => (
      position === null ? [] : [{ source, id, bodyHash: hash, position: formatPosition(epoch, position) }]));
  }

  async head(): Promise<Position> {
    const [epoch, last] = await Promise.all([this.epoch(), this.server.last()]);
    return formatPosition(epoch, last ? numberOf(last.position?.commit) : 0);
  }

  async checkPosition(position: Position): Promise<void> {
    await this.check(position, await this.head());
  }

  private async check(position: Position, head: Position): Promise<void> {
    const [{ epoch, n }, now] = [parsePosition(position), parsePosition(head)];
    if (epoch === now.epoch && n <= now.n) return;
    const [row] = await this.worker.statements((sql) => sql.query<{ common: string; lived: boolean }>(
      'select log_common($1, $2) as common, exists (select from epoch_before where n = $1) as lived', [epoch, n]));
    const lived = epoch === now.epoch || row!.lived;
    throw new ForeignEpoch(position, head, epoch === now.epoch ? head : formatPosition(now.epoch, Number(row!.common)), lived);
  }

  /** Finishes what others have left for so long; one that cannot be finished does not keep the rest. @throws Error that names the last */
  async finishStale(seconds: number, signal?: AbortSignal): Promise<void> {
    const errors: Error[] = [];
    for (const intent of await this.reservations.stale(seconds)) {
      if (signal?.aborted) break;
      await this.finish(intent).catch((error: unknown) => errors.push(new Error(`In the stream ${streamName(intent.stream)} (batch ${intent.batch}): ${String(error)}`, { cause: error })));
    }
    if (errors.length > 0) throw errors.at(-1)!;
  }

  private epoch(): Promise<number> {
    return this.worker.statements(readEpoch);
  }

  async close(): Promise<void> {
    await this.growth.close();
    await this.server.close();
  }
}

/** Events that were to be written and have not come to stand anywhere. */
const isRefused = (verdict: AppendVerdict): boolean => verdict.status === 'appended' && verdict.positions.some((position) => parsePosition(position).n === 0);


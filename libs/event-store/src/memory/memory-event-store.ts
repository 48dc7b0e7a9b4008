import { type EventRef, formatPosition, type JourneyEvent, parsePosition, type Position, type StreamKey } from '#journey';
import { type Append, type AppendVerdict, type Batch, type EventStore, ForeignEpoch, type LogFilter, type NewEvent, type ReadStream, type TakenId } from '../event-store.js';

const EPOCH = 1;

/** The log in a process' memory: for tests and for reading the contract in its plainest form. The clock is an argument. */
export class MemoryEventStore implements EventStore {
  private readonly log: JourneyEvent[] = [];
  private readonly known = new Map<string, { hash: string; event: JourneyEvent }>();
  private readonly revisions = new Map<string, number>();
  private readonly listeners = new Set<() => void>();

  constructor(private readonly now: () => Date = () => new Date()) {}

  async append(appends: readonly Append[]): Promise<AppendVerdict[]> {
    const verdicts = appends.map((append) => this.appendOne(append));
    for (const listener of [...this.listeners]) listener();
    return verdicts;
  }

  private appendOne({ stream, expected, events }: Append): AppendVerdict {
    const ids = events.map((event) => keyOf(stream.tenant, event));
    const seen = new Map<string, { hash: string; position: Position }>();
    for (const [index, event] of events.entries()) {
      const known = this.known.get(ids[index]!);
      const earlier = seen.get(ids[index]!);
      const hash = known?.hash ?? earlier?.hash;
      if (hash !== undefined && hash !== event.bodyHash) {
        return { status: 'conflict', event: { source: event.source, id: event.id }, position: known?.event.position ?? earlier!.position };
      }
      seen.set(ids[index]!, { hash: event.bodyHash, position: formatPosition(EPOCH, this.log.length + 1) });
    }
    const fresh = events.filter((event, index) => !this.known.has(ids[index]!) && ids.indexOf(ids[index]!) === index);
    const actual = this.revisions.get(streamKey(stream)) ?? null;
    if (fresh.length > 0 && !accepts(expected, actual)) return { status: 'wrong-revision', actual };
    fresh.forEach((event) => this.store(stream, event));
    return { status: fresh.length > 0 ? 'appended' : 'duplicate', positions: ids.map((id) => this.known.get(id)!.event.position) };
  }

  private store(stream: StreamKey, { bodyHash, ...event }: NewEvent): void {
    const revision = (this.revisions.get(streamKey(stream)) ?? -1) + 1;
    const recordedAt = this.now().toISOString();
    const observedAt = event.observedAt !== undefined && event.observedAt < recordedAt ? event.observedAt : recordedAt;
    const stored: JourneyEvent = {
      ...event, observedAt, recordedAt, witnessed: event.observedAt === undefined, stream, revision,
      position: formatPosition(EPOCH, this.log.length + 1),
    };
    this.revisions.set(streamKey(stream), revision);
    this.log.push(stored);
    this.known.set(keyOf(stream.tenant, event), { hash: bodyHash, event: stored });
  }

  async readStream(stream: StreamKey, { direction = 'forward', from, limit = Infinity }: ReadStream = {}): Promise<JourneyEvent[]> {
    const all = this.log.filter((event) => streamKey(event.stream) === streamKey(stream));
    const ordered = direction === 'forward' ? all : all.reverse();
    return ordered.filter(({ revision }) => from === undefined || (direction === 'forward' ? revision >= from : revision <= from)).slice(0, limit);
  }

  async readAll(after: Position | null, limit: number, filter: LogFilter = {}): Promise<Batch> {
    return this.page(after, this.log.length, limit, filter);
  }

  async *read(after: Position | null, { batchSize, filter = {} }: { batchSize: number; filter?: LogFilter }): AsyncIterable<Batch> {
    const end = this.log.length;
    for (let [position, more] = [after, true]; more;) {
      const batch = this.page(position, end, batchSize, filter);
      [position, more] = [batch.position, batch.events.length === batchSize];
      yield batch;
    }
  }

  private page(after: Position | null, end: number, limit: number, filter: LogFilter): Batch {
    const events: JourneyEvent[] = [];
    let index = after === null ? 0 : this.indexOf(after);
    while (index < end && events.length < limit) {
      const event = this.log[index++]!;
      if (matches(event, filter)) events.push(event);
    }
    return { events, position: formatPosition(EPOCH, index) };
  }

  onGrowth(listener: () => void): () => void {
    this.listeners.add(listener);
    return () => void this.listeners.delete(listener);
  }

  async find(tenant: string, refs: readonly EventRef[]): Promise<JourneyEvent[]> {
    return refs.flatMap((ref) => this.known.get(keyOf(tenant, ref))?.event ?? []);
  }

  async taken(tenant: string, refs: readonly EventRef[]): Promise<TakenId[]> {
    return refs.flatMap(({ source, id }) => {
      const known = this.known.get(keyOf(tenant, { source, id }));
      return known ? [{ source, id, bodyHash: known.hash, position: known.event.position }] : [];
    });
  }

  async head(): Promise<Position> {
    return formatPosition(EPOCH, this.log.length);
  }

  async checkPosition(position: Position): Promise<void> {
    this.indexOf(position);
  }

  async close(): Promise<void> {}

  private indexOf(position: Position): number {
    const { epoch, n } = parsePosition(position);
    const end = this.log.length;
    if (epoch !== EPOCH || n > end) throw new ForeignEpoch(position, formatPosition(EPOCH, end), formatPosition(EPOCH, epoch === EPOCH ? end : 0), epoch === EPOCH);
    return n;
  }
}

const streamKey = ({ tenant, category, id }: StreamKey) => JSON.stringify([tenant, category, id]);
const keyOf = (tenant: string, { source, id }: EventRef) => JSON.stringify([tenant, source, id]);

function accepts(expected: Append['expected'], actual: number | null): boolean {
  if (expected === 'any') return true;
  if (expected === 'none') return actual === null;
  if (expected === 'exists') return actual !== null;
  return actual === expected;
}

function matches(event: JourneyEvent, { tenant, categories, types, containing }: LogFilter): boolean {
  return (tenant === undefined || event.stream.tenant === tenant)
    && (categories === undefined || categories.includes(event.stream.category))
    && (types === undefined || types.includes(event.type))
    && (containing === undefined || containing.some((text) => JSON.stringify(event.data).includes(text)));
}

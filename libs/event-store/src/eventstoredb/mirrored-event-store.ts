import { setTimeout as sleep } from 'node:timers/promises';
import { type EventRef, type JourneyEvent, parsePosition, type Position, type StreamKey } from '#journey';
import { type Append, type AppendVerdict, type Batch, type EventStore, ForeignEpoch, type LogFilter, type ReadStream, type TakenId } from '../event-store.js';
import type { Database } from '../postgres/database.js';
import type { PostgresEventStore } from '../postgres/postgres-event-store.js';
import { observedAppend } from '../telemetry/observed-append.js';
import type { EventStoreDbStore } from './eventstoredb-store.js';

const LOOK_MS = 25;
const PATIENCE_MS = 2_000;

/**
 * EventStoreDB for appends and for reads of one stream; its mirror in PostgreSQL for all that follows the log, so that a position that is reached is one whose
 * rows are there. An append answers once the mirror has it, or after two seconds, or at once when no process keeps the mirror: what was appended is durable either way.
 */
export class MirroredEventStore implements EventStore {
  private looking: Promise<{ position: number; kept: boolean }> | undefined;

  constructor(private readonly log: EventStoreDbStore, private readonly mirror: PostgresEventStore, private readonly worker: Database) {}

  async append(appends: readonly Append[]): Promise<AppendVerdict[]> {
    const verdicts = await observedAppend(appends, (observed) => this.log.append(observed));
    const written = verdicts.flatMap((verdict) => (verdict.status === 'appended' ? verdict.positions.map((position) => parsePosition(position).n) : []));
    if (written.length > 0) await this.shown(written.reduce((a, b) => Math.max(a, b)));
    return verdicts;
  }

  readStream(stream: StreamKey, options?: ReadStream): Promise<JourneyEvent[]> {
    return this.log.readStream(stream, options);
  }

  find(tenant: string, refs: readonly EventRef[]): Promise<JourneyEvent[]> {
    return this.log.find(tenant, refs);
  }

  taken(tenant: string, refs: readonly EventRef[]): Promise<TakenId[]> {
    return this.log.taken(tenant, refs);
  }

  readAll(after: Position | null, limit: number, filter?: LogFilter): Promise<Batch> {
    return this.mirror.readAll(after, limit, filter);
  }

  read(after: Position | null, options: { batchSize: number; filter?: LogFilter }): AsyncIterable<Batch> {
    return this.mirror.read(after, options);
  }

  onGrowth(listener: () => void): () => void {
    return this.mirror.onGrowth(listener);
  }

  head(): Promise<Position> {
    return this.mirror.head();
  }

  /** What the mirror does not have yet, the server knows. */
  async checkPosition(position: Position): Promise<void> {
    try {
      await this.mirror.checkPosition(position);
    } catch (error) {
      if (!(error instanceof ForeignEpoch)) throw error;
      await this.log.checkPosition(position);
    }
  }

  beginEpoch(reason: string): Promise<Position> {
    return this.mirror.beginEpoch(reason);
  }

  announce(): void {
    this.mirror.announce();
  }

  async close(): Promise<void> {
    await Promise.all([this.log.close(), this.mirror.close()]);
  }

  private async shown(n: number): Promise<void> {
    for (const patience = Date.now() + PATIENCE_MS; Date.now() < patience; await sleep(LOOK_MS)) {
      const { position, kept } = await (this.looking ??= this.look().finally(() => { this.looking = undefined; }));
      if (position >= n || !kept) return;
    }
  }

  private async look(): Promise<{ position: number; kept: boolean }> {
    const [row] = await this.worker.statements((sql) => sql.query<{ position: string; kept: boolean }>('select position, expires_at > clock_timestamp() as kept from log_mirror'));
    return row ? { position: Number(row.position), kept: row.kept } : { position: 0, kept: false };
  }
}

import { type EventRef, formatPosition, type JourneyEvent, parsePosition, type Position, type StreamKey } from '#journey';
import { type Append, type AppendVerdict, type Batch, type EventStore, type LogFilter, type ReadStream, type TakenId } from '../event-store.js';
import { observedAppend } from '../telemetry/observed-append.js';
import { appendInTransaction } from './append.js';
import { appendUsual, copyUsual, UNUSUAL, usual } from './append-usual.js';
import type { Database } from './database.js';
import { GroupCommit } from './group-commit.js';
import { findRows, placeOf, readHorizon, readLogRows, readStreamRows, readTaken } from './read.js';
import { WakeUp } from './wake-up.js';

const RETRYABLE = new Set(['23505', '40001', '40P01', '25P03']);
/** An expectation that does not hold, or an id that is known. */
const TO_DECIDE = new Set([UNUSUAL, '23505']);
/** A row for which the log has no partition yet, as INSERT and COPY say it. */
const NO_ROOM = new Set(['23514', '42P01']);
const ATTEMPTS = 8;
/** Appends of a call up to which it waits for others to go with. */
const SMALL = 16;
/** Appends of a call that share a transaction, so that readers and other writers wait for none of it long. */
const SLICE = 5_000;
/** Events that go in one round trip; more are worth the three that COPY takes. */
const FEW = 64;

/** The log on PostgreSQL. `worker` must act as the role `touchline_worker`. */
export class PostgresEventStore implements EventStore {
  private readonly wakeUp: WakeUp;
  private readonly small = new GroupCommit((appends) => this.retrying(() => this.write(appends)), { most: 4, patience: 10 });
  private readonly large = new GroupCommit((appends) => this.retrying(() => this.write(appends)), { most: 2, patience: 0 });

  constructor(private readonly worker: Database) {
    this.wakeUp = new WakeUp(worker);
  }

  async append(appends: readonly Append[]): Promise<AppendVerdict[]> {
    if (appends.length === 0) return [];
    const verdicts = await observedAppend(appends, (observed) => this.inSlices(observed));
    if (verdicts.some(({ status }) => status === 'appended')) this.wakeUp.announce();
    return verdicts;
  }

  private async inSlices(appends: readonly Append[]): Promise<AppendVerdict[]> {
    const verdicts: AppendVerdict[] = [];
    for (let start = 0; start < appends.length; start += SLICE) {
      const slice = appends.slice(start, start + SLICE);
      verdicts.push(...await (slice.length <= SMALL ? this.small : this.large).append(slice));
    }
    return verdicts;
  }

  readStream(stream: StreamKey, options?: ReadStream): Promise<JourneyEvent[]> {
    return this.worker.statements((sql) => readStreamRows(sql, stream, options));
  }

  /** Two statements, each with a snapshot of its own: what is final by the first is there for the second to see. */
  readAll(after: Position | null, limit: number, filter: LogFilter = {}): Promise<Batch> {
    return this.worker.statements(async (sql) => {
      const { epoch, n } = await readHorizon(sql);
      const start = after === null ? 0 : await placeOf(sql, after, { epoch, n });
      const events = await readLogRows(sql, start, n, limit, filter);
      return { events, position: events.length === limit ? events.at(-1)!.position : formatPosition(epoch, Math.max(n, start)) };
    });
  }

  async *read(after: Position | null, { batchSize, filter = {} }: { batchSize: number; filter?: LogFilter }): AsyncIterable<Batch> {
    const { epoch, n, start } = await this.worker.statements(async (sql) => {
      const horizon = await readHorizon(sql);
      return { ...horizon, start: after === null ? 0 : await placeOf(sql, after, horizon) };
    });
    const page = (from: number) => this.worker.statements((sql) => readLogRows(sql, from, n, batchSize, filter));
    let next = page(start);
    for (let more = true; more;) {
      const events = await next;
      more = events.length === batchSize;
      if (more) {
        next = page(parsePosition(events.at(-1)!.position).n);
        // A reader that stops early hears nothing of the page it does not take.
        next.catch(() => undefined);
      }
      yield { events, position: more ? events.at(-1)!.position : formatPosition(epoch, Math.max(n, start)) };
    }
  }

  onGrowth(listener: () => void): () => void {
    return this.wakeUp.listen(listener);
  }

  /** Wakes who listens for growth, in every process: for what they look at beside the log. */
  announce(): void {
    this.wakeUp.announce();
  }

  find(tenant: string, refs: readonly EventRef[]): Promise<JourneyEvent[]> {
    return this.worker.statements((sql) => findRows(sql, tenant, refs));
  }

  taken(tenant: string, refs: readonly EventRef[]): Promise<TakenId[]> {
    return this.worker.statements((sql) => readTaken(sql, tenant, refs));
  }

  async head(): Promise<Position> {
    const { epoch, n } = await this.worker.statements(readHorizon);
    return formatPosition(epoch, n);
  }

  async checkPosition(position: Position): Promise<void> {
    await this.worker.statements(async (sql) => placeOf(sql, position, await readHorizon(sql)));
  }

  /** For who has put back a copy of the data folder: positions given out since then are refused from now on. @returns the new epoch's end */
  async beginEpoch(reason: string): Promise<Position> {
    await this.worker.statements((sql) => sql.query('select log_begin_epoch($1)', [reason]));
    return this.head();
  }

  close(): Promise<void> {
    return this.wakeUp.close();
  }

  private async write(appends: readonly Append[]): Promise<AppendVerdict[]> {
    const plan = usual(appends);
    if (plan) {
      try {
        return plan.items.length <= FEW ? await this.worker.statements((sql) => appendUsual(sql, plan)) : await this.worker.brief((sql) => copyUsual(sql, plan));
      } catch (error) {
        if (!TO_DECIDE.has((error as { code?: string }).code ?? '')) throw error;
      }
    }
    return this.worker.brief((sql) => appendInTransaction(sql, appends));
  }

  private async retrying<T>(work: () => Promise<T>): Promise<T> {
    for (let attempt = 1; ; attempt++) {
      try {
        return await work();
      } catch (error) {
        const { code } = error as { code?: string };
        if (attempt < ATTEMPTS && NO_ROOM.has(code ?? '')) await this.worker.transaction((sql) => sql.query('select log_make_room(last_value) from log_position'));
        else if (attempt === ATTEMPTS || !RETRYABLE.has(code ?? '')) throw error;
      }
    }
  }
}

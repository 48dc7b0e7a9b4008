import { LogReader } from '../engine/log-reader.js';
import type { EventStore } from '../event-store.js';
import { pause } from '../pause.js';
import type { Database } from '../postgres/database.js';
import { Following } from './following.js';
import { agree, anything, beat, leave, nameOf, type Seen, type SubscriptionRow, take } from './rows.js';
import type { SubscriptionKind } from './subscription.js';

const BEAT_MS = 700;
/** How often it asks what there is to follow: when the log grows, and while it does not. Who makes something to follow without a fact tells listeners of the log (`PostgresEventStore.announce`). */
const [AGREE_MS, IDLE_MS] = [1_000, 60_000];

export interface SubscriberOptions {
  readonly store: EventStore;
  readonly worker: Database;
  readonly kinds: readonly SubscriptionKind[];
  /** Names this worker; unique per process. */
  readonly owner: string;
  readonly warn: (message: string, error: unknown) => void;
}

/** Follows the log for other systems: shares the subscriptions of its kinds with the other workers, and hands each its pages. */
export class Subscriber {
  private readonly stopping = new AbortController();
  private readonly log: LogReader;
  private readonly owner: string;
  private readonly following = new Map<string, Following>();
  private seen: Seen = { rows: [], workers: {}, horizon: 0 };
  private running: Promise<void> = Promise.resolve();
  private grew = true;
  private readonly deafen: () => void;

  constructor(private readonly options: SubscriberOptions) {
    this.log = new LogReader(options.store, [...new Set(options.kinds.flatMap(({ categories }) => categories))]);
    this.owner = `${options.owner}/subscriptions`;
    this.deafen = options.store.onGrowth(() => { this.grew = true; });
  }

  start(): Promise<void> {
    this.running = this.run(this.stopping.signal);
    return Promise.resolve();
  }

  /** Finishes the pages in hand, and gives back what it follows. */
  async stop(): Promise<void> {
    this.stopping.abort();
    this.deafen();
    await this.running;
    await Promise.all([...this.following.values()].map((each) => each.stop()));
    this.log.close();
    await this.options.worker.statements((sql) => leave(sql, this.owner)).catch(() => undefined);
  }

  /** An idle worker asks every minute whether there is anything to follow, and sends heartbeats only when there is. */
  private async run(signal: AbortSignal): Promise<void> {
    for (let [agreedAt, some] = [-Infinity, false]; !signal.aborted; await pause(BEAT_MS, signal)) {
      try {
        if (performance.now() - agreedAt >= (this.grew ? AGREE_MS : IDLE_MS)) {
          this.grew = false;
          some = await this.agree();
          agreedAt = performance.now();
        }
        if (some || this.following.size > 0) await this.beat();
      } catch (error) {
        if (!signal.aborted) this.options.warn('The heartbeat of subscriptions did not get through', error);
      }
    }
  }

  private async agree(): Promise<boolean> {
    const { worker, kinds } = this.options;
    const some = await worker.statements((sql) => anything(sql, kinds));
    if (some) await worker.transaction((sql) => agree(sql, kinds));
    return some;
  }

  private async beat(): Promise<void> {
    const { worker, kinds } = this.options;
    this.seen = await worker.statements((sql) => beat(sql, this.owner, kinds.map(({ kind }) => kind)));
    this.log.noticed(this.seen.horizon);
    await this.dropLost();
    await Promise.all(kinds.map((kind) => this.deal(kind, this.seen.rows.filter((row) => row.kind === kind.kind))));
  }

  /** What was taken from us while we were silent, or is not to be followed any more. */
  private async dropLost(): Promise<void> {
    const ours = new Map(this.seen.rows.filter(({ owner }) => owner === this.owner).map((row) => [nameOf(row), row.fence]));
    const lost = [...this.following].filter(([name, each]) => each.ended || ours.get(name) !== each.held.fence);
    for (const [name] of lost) this.following.delete(name);
    for (const [, each] of lost) void each.stop();
  }

  /** An equal share for every worker that carries the kind, rounded up, so that all are followed. */
  private async deal(kind: SubscriptionKind, rows: readonly SubscriptionRow[]): Promise<void> {
    const share = Math.ceil(rows.length / this.seen.workers[kind.kind]!);
    const held = rows.filter((row) => this.following.has(nameOf(row)));
    for (const row of held.slice(share)) {
      const each = this.following.get(nameOf(row))!;
      this.following.delete(nameOf(row));
      void each.stop();
    }
    const free = rows.filter((row) => !row.alive || (row.owner === this.owner && !this.following.has(nameOf(row))));
    for (const row of free.slice(0, Math.max(0, share - held.length))) await this.take(kind, row);
  }

  private async take(kind: SubscriptionKind, row: SubscriptionRow): Promise<void> {
    const { store, worker, warn } = this.options;
    const held = await worker.statements((sql) => take(sql, row, this.owner));
    if (held) this.following.set(nameOf(row), new Following({ store, worker, log: this.log, warn, horizon: () => this.seen.horizon }, kind, held));
  }
}

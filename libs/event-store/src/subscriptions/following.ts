import { formatPosition, parsePosition, type Position } from '#journey';
import { Fenced } from '../engine/leases.js';
import type { LogReader } from '../engine/log-reader.js';
import type { EventStore } from '../event-store.js';
import { pause } from '../pause.js';
import type { Database, Sql } from '../postgres/database.js';
import { inSpan } from '../telemetry/in-span.js';
import { advance, checkpointOf, type Held, nameOf, noteFailure, release } from './rows.js';
import type { Commit, Session, SubscriptionKind, TenantPage } from './subscription.js';

const PAGE = 1_000;
/** Whoever is further behind reads the log by itself, only what concerns its tenant; nearer to the end all share one reading. */
const FAR_BEHIND = 5_000;
/** How soon a checkpoint moves on when nothing of the tenant comes any more, so that nobody who has heard all is called late. */
const IDLE_COMMIT_MS = 1_000;
const [FIRST_PAUSE_MS, LONGEST_PAUSE_MS] = [250, 30_000];

export interface FollowingOptions {
  readonly store: EventStore;
  readonly worker: Database;
  readonly log: LogReader;
  readonly warn: (message: string, error: unknown) => void;
  /** How far the log was final at the last heartbeat. */
  readonly horizon: () => number;
}

/** One subscription in the hands of this worker, until it is taken away. */
export class Following {
  private readonly ending = new AbortController();
  private readonly done: Promise<void>;
  /** Of the checkpoint, as it was read when the session was opened, and moved since. */
  private position = 0;
  private committedAt = 0;
  private failures = 0;
  /** Whether a page was handled and not committed: then only its session may move the checkpoint. */
  private owed = false;

  constructor(private readonly options: FollowingOptions, private readonly kind: SubscriptionKind, readonly held: Held) {
    this.done = this.run();
  }

  get ended(): boolean {
    return this.ending.signal.aborted;
  }

  /** With the page in hand done; then the next worker may begin at once. */
  async stop(): Promise<void> {
    this.ending.abort();
    await this.done;
    await this.options.worker.statements((sql) => release(sql, this.held)).catch(() => undefined);
  }

  private async run(): Promise<void> {
    const { signal } = this.ending;
    while (!signal.aborted) {
      try {
        await this.follow(signal);
      } catch (error) {
        if (error instanceof Fenced) this.ending.abort();
        if (signal.aborted) return;
        const wait = Math.min(FIRST_PAUSE_MS * 2 ** this.failures++, LONGEST_PAUSE_MS);
        this.options.warn(`Subscription ${nameOf(this.held)} will try again in ${wait / 1_000} s`, error);
        await this.options.worker.statements((sql) => noteFailure(sql, this.held, (error as Error).message)).catch(() => undefined);
        await pause(wait, signal);
      }
    }
  }

  private async follow(signal: AbortSignal): Promise<void> {
    const { tenant, id } = this.held;
    const checkpoint = await this.options.worker.statements((sql) => checkpointOf(sql, this.held));
    const { epoch, n } = parsePosition(checkpoint);
    [this.position, this.owed] = [n, false];
    const session = await this.kind.open({ tenant, id, position: checkpoint, signal });
    try {
      for (let from = session.from ?? formatPosition(epoch, 0); !signal.aborted;) from = await this.step(session, from, signal);
    } finally {
      await session.close();
    }
  }

  private async step(session: Session, from: Position, signal: AbortSignal): Promise<Position> {
    const { log, worker } = this.options;
    const seen = log.seen();
    const { events, upTo, atEnd } = await this.read(from);
    const commit = async (write?: (sql: Sql) => Promise<void>) => {
      await worker.brief(async (sql) => {
        await write?.(sql);
        await advance(sql, this.held, upTo);
      });
      [this.committedAt, this.position, this.failures] = [performance.now(), parsePosition(upTo).n, 0];
    };
    const ahead = () => parsePosition(upTo).n > this.position;
    if (events.length > 0) {
      await this.tell(session, { events, upTo }, commit);
      this.owed = ahead();
    } else if (!this.owed && ahead() && performance.now() - this.committedAt >= IDLE_COMMIT_MS) {
      await commit();
    }
    if (atEnd && !signal.aborted) await log.grown(seen, signal, !this.owed && ahead() ? IDLE_COMMIT_MS : undefined);
    return upTo;
  }

  private tell(session: Session, page: TenantPage, commit: Commit): Promise<void> {
    const { kind, tenant } = this.held;
    const attributes = { 'touchline.tenant': tenant, 'touchline.events': page.events.length };
    return inSpan(`tell ${kind}`, { kind: 'producer', attributes, about: () => page.events.map(({ traceParent }) => traceParent) }, () => session.handle(page, commit));
  }

  private async read(from: Position): Promise<TenantPage & { readonly atEnd: boolean }> {
    const { store, log, horizon } = this.options;
    const { tenant } = this.held;
    if (parsePosition(from).n < horizon() - FAR_BEHIND) {
      const { events, position } = await store.readAll(from, PAGE, { tenant, categories: this.kind.categories });
      return { events, upTo: position, atEnd: false };
    }
    const { events, upTo, atEnd } = await log.read(from, PAGE);
    return { events: events.filter(({ stream }) => stream.tenant === tenant && this.kind.categories.includes(stream.category)), upTo, atEnd };
  }
}

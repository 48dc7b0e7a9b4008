import { setTimeout as sleep } from 'node:timers/promises';
import type { RecordedEvent } from '@eventstore/db-client';
import { parsePosition } from '#journey';
import type { Database } from '../postgres/database.js';
import { WakeUp } from '../postgres/wake-up.js';
import { compareWithMirror } from './compared.js';
import { numberOf, type Read, readEvent } from './envelope.js';
import type { EventStoreDbStore } from './eventstoredb-store.js';
import { inPages } from './in-pages.js';
import { keepMirror, leaveMirror, type MirrorLease, NotOurs, takeMirror } from './mirror-lease.js';
import { writePage } from './mirror-page.js';
import type { Server } from './server.js';

export interface MirrorOptions {
  readonly server: Server;
  readonly store: EventStoreDbStore;
  readonly worker: Database;
  /** Names this process. */
  readonly owner: string;
  /** Told of failures that are tried again. */
  readonly warn: (message: string, error: unknown) => void;
}

const PAGE = 1_000;
const BEAT_MS = 300;
const RETRY_MS = 500;
/** Clocks of EventStoreDB and PostgreSQL may differ by so much. */
const SKEW_MS = 250;
const STALE_SECONDS = 60;
/** What is being finished when it is stopped is waited for so long. */
const LEAVE_MS = 1_000;
/** A subscription that says nothing for so long of what is there has been forgotten by the server. */
const QUIET_MS = 10_000;

/** How far who follows has come, when something came last, and whether it is being written. */
interface Reached { n: number; heard: number; writing: boolean }

/** Keeps the table `log` a mirror of EventStoreDB: of all processes one follows it, in order, a page in a transaction; the others stand by. */
export class Mirror {
  private readonly ending = new AbortController();
  private readonly wakeUp: WakeUp;
  private running: Promise<void> | undefined;
  private finishing: Promise<void> | undefined;

  constructor(private readonly options: MirrorOptions) {
    this.wakeUp = new WakeUp(options.worker);
  }

  start(): void {
    this.running ??= this.run();
  }

  /** Finishes the page in hand and lets another process begin at once. */
  async stop(): Promise<void> {
    this.ending.abort();
    await this.running;
    await Promise.race([this.finishing, sleep(LEAVE_MS, undefined, { ref: false })]);
    await leaveMirror(this.options.worker, this.options.owner).catch(() => undefined);
    await this.wakeUp.close();
  }

  private async run(): Promise<void> {
    const { worker, owner, warn } = this.options;
    for (const { signal } = this.ending; !signal.aborted;) {
      try {
        const lease = await takeMirror(worker, owner);
        if (lease) await this.follow(lease);
      } catch (error) {
        if (!(error instanceof NotOurs) && !signal.aborted) warn('The mirror of EventStoreDB will try again', error);
      }
      await sleep(RETRY_MS, undefined, { signal }).catch(() => undefined);
    }
  }

  /** Until it is somebody else's, something fails, or it is stopped. What is not ours of what comes is passed over, and reached all the same. */
  private async follow(lease: MirrorLease): Promise<void> {
    const { server, worker } = this.options;
    await compareWithMirror(server, worker, lease);
    const ending = new AbortController();
    const signal = AbortSignal.any([this.ending.signal, ending.signal]);
    const reached: Reached = { n: lease.position, heard: Date.now(), writing: false };
    const heard = () => { reached.heard = Date.now(); };
    const beating = this.beat(lease, reached, signal).catch((error: unknown) => { ending.abort(error); });
    try {
      for await (const page of inPages<RecordedEvent>(server.follow(lease.position === 0 ? null : lease.position, { signal, heard }), PAGE)) {
        reached.writing = true;
        const events = page.flatMap((recorded) => readEvent(recorded, lease.epoch) ?? []);
        if (events.length > 0) await this.write(lease, events);
        reached.n = numberOf(page.at(-1)!.position?.commit);
        reached.writing = false;
        heard();
      }
      ending.signal.throwIfAborted();
    } catch (error) {
      // What ended it, not what a stream says that was ended.
      throw ending.signal.aborted ? ending.signal.reason : error;
    } finally {
      ending.abort();
      await beating;
    }
  }

  private async write(lease: MirrorLease, events: readonly Read[]): Promise<void> {
    const refused = await writePage(this.options.worker, lease, events);
    for (const { event, error } of refused) this.options.warn(`The mirror of EventStoreDB leaves out the event ${event.source}/${event.id} at ${event.position}`, error);
    this.wakeUp.announce();
  }

  /** What the server had when the clock was looked at is in the mirror once it has reached its end as it was after that. */
  private async beat(lease: MirrorLease, reached: Reached, signal: AbortSignal): Promise<void> {
    const { store, worker } = this.options;
    let finished = 0;
    for (let told: string | null = null; !signal.aborted;) {
      const now = await keepMirror(worker, lease, told);
      const head = parsePosition(await store.head()).n;
      await sleep(BEAT_MS, undefined, { signal }).catch(() => undefined);
      told = reached.n >= head ? new Date(Date.parse(now) - SKEW_MS).toISOString() : null;
      if (told !== null || reached.writing) reached.heard = Date.now();
      if (Date.now() - reached.heard > QUIET_MS) throw new Error(`EventStoreDB has told nothing for ${QUIET_MS / 1_000} s of what it has after ${reached.n}, so it is followed anew.`);
      if (Date.now() - finished < STALE_SECONDS * 1_000) continue;
      this.finishLeft();
      finished = Date.now();
    }
  }

  /** Beside all else, as the server may take its time over each. */
  private finishLeft(): void {
    const { store, warn } = this.options;
    const { signal } = this.ending;
    this.finishing ??= store.finishStale(STALE_SECONDS, signal)
      .catch((error: unknown) => { if (!signal.aborted) warn('An append that another process has left could not be finished yet', error); })
      .finally(() => { this.finishing = undefined; });
  }
}

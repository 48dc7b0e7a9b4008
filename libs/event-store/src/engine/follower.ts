import { formatPosition, type JourneyEvent, parsePosition, type StreamKey } from '#journey';
import { build } from './build.js';
import { takeOverIfEqual } from './generations.js';
import { inWork } from './in-work.js';
import { Fenced, type Lease, Leases } from './leases.js';
import type { LogReader, Page } from './log-reader.js';
import { refoldAnew, stopText } from './parking.js';
import { pause } from '../pause.js';
import { observedBatch } from '../telemetry/observed-batch.js';
import { type CustomerKey, keyText, partitionOf, type Projection, type Settled, type Work } from './projection.js';
import type { ProjectorOptions } from './projector.js';
import type { Roster } from './roster.js';
import { rootsAt, type TenantRoots } from './roots.js';
import { stretchesOf } from './stretches.js';

const RETRY_MS = 500;
const IDLE_MS = 300;
const REMIND_MS = 60_000;
const DEADLOCK = '40P01';

/** What all followers of one process share. */
export interface Surroundings extends ProjectorOptions {
  readonly roster: Roster;
  readonly log: LogReader;
}

/** Keeps one generation of one projection up to date, as far as this worker holds its partitions. */
export class Follower {
  private remindAt = 0;
  private takingOver: Promise<void> | undefined;
  /** As of the lowest position held, and taken along from there; loaded again whenever partitions are dealt, so that nothing is left of work that was rolled back. */
  private roots: TenantRoots | undefined;
  private readonly leases: Leases;

  constructor(private readonly options: Surroundings, private readonly projection: Projection, private readonly generation: number) {
    this.leases = new Leases(options.worker, projection, generation, options.owner);
  }

  /** Lives as long as the generation does, or until told to stop; then gives the leases back. */
  async follow(signal: AbortSignal): Promise<void> {
    for (let view = this.view(); view && !signal.aborted; view = this.view()) {
      try {
        if (view.stopped) await this.wait(view.stopped, signal);
        else await this.step(signal);
      } catch (error) {
        await this.recover(error, signal);
      }
    }
    await this.takingOver;
    await this.leases.release().catch(() => undefined);
  }

  private view() {
    return this.options.roster.view(this.projection.name, this.generation);
  }

  private async step(signal: AbortSignal): Promise<void> {
    const held = await this.leases.acquire();
    if (held.length === 0) await pause(IDLE_MS, signal);
    else await this.work(held, signal);
  }

  private async wait(stopped: { cause: string; customers: number }, signal: AbortSignal): Promise<void> {
    if (Date.now() >= this.remindAt) this.options.warn?.(`Projection ${this.projection.name}, generation ${this.generation}`, new Error(stopText(this.projection.name, stopped)));
    if (Date.now() >= this.remindAt) this.remindAt = Date.now() + REMIND_MS;
    await pause(RETRY_MS, signal);
  }

  /**
   * Being fenced is no failure: somebody else has the partition, or a retry had it for a moment. Nor is a deadlock: a retry takes the partition
   * first and its rows then, a batch the other way round, and whoever gives way does its work again. Nor is losing the tables of a dropped generation.
   */
  private async recover(error: unknown, signal: AbortSignal): Promise<void> {
    await this.options.roster.tell().catch(() => undefined);
    if (error instanceof Fenced || (error as { code?: string }).code === DEADLOCK || signal.aborted) return;
    if (this.view()) this.options.warn?.(`Projection ${this.projection.name} will try again`, error);
    await pause(RETRY_MS, signal);
  }

  /** Until the partitions are to be dealt anew. */
  private async work(first: readonly Lease[], stopping: AbortSignal): Promise<void> {
    const { roster, worker, store, log } = this.options;
    const { projection, generation } = this;
    let held = first;
    const ending = new AbortController();
    const signal = AbortSignal.any([stopping, ending.signal]);
    const endBeat = roster.onBeat(() => {
      if (!this.view() || this.view()!.stopped || roster.isToDeal({ ...projection, generation }, held)) ending.abort();
    });
    try {
      if (held.some(({ position, building }) => position === 0 || building)) {
        held = await build({ database: worker, leases: this.leases, projection, generation, signal }, held, parsePosition(await store.head()).n);
      }
      const start = Math.min(...held.map(({ position }) => position));
      this.roots = await worker.statements((sql) => rootsAt(sql, projection, start));
      for (let left: Settled = 'more'; !signal.aborted;) {
        const seen = log.seen();
        const from = Math.min(...held.map(({ position }) => position));
        const page = await log.read(formatPosition(held[0]!.epoch, from), this.options.batchSize ?? 1_000);
        if (parsePosition(page.upTo).n > from) {
          held = await this.apply(page, held, signal);
          left = 'more';
        }
        if (!page.atEnd) continue;
        if (left !== 'all') left = await this.settle(held);
        this.takeOver(signal);
        if (left !== 'more') await log.grown(seen, signal, left === 'later' || this.wantsToTakeOver() ? IDLE_MS : undefined);
      }
    } finally {
      endBeat();
    }
  }

  /** One page: facts of customers in one transaction, a tick in as many as it takes. */
  private async apply({ events, upTo: end, atEnd }: Page, first: readonly Lease[], signal: AbortSignal): Promise<readonly Lease[]> {
    const { categories, together = false } = this.projection;
    let held = first;
    for (const stretch of stretchesOf(events.filter(({ stream }) => categories.includes(stream.category)), parsePosition(end).n, together)) {
      if (signal.aborted) return held;
      if (stretch.kind === 'tick') held = await this.tick(stretch.tick, stretch.upTo, held, signal);
      else if (stretch.kind === 'merges') held = await this.merge(stretch.facts, stretch.upTo, held);
      else held = await this.addFacts(stretch.facts, { upTo: stretch.upTo, catchingUp: !atEnd }, held);
    }
    return held;
  }

  /** Rows, parked facts and checkpoints in one transaction. */
  private addFacts(facts: readonly JourneyEvent[], { upTo, catchingUp }: { upTo: number; catchingUp: boolean }, held: readonly Lease[]): Promise<Lease[]> {
    const mine = facts.filter(({ stream, position }) => isOurs(this.ownerOf(stream), parsePosition(position).n, held));
    if (mine.length === 0) return this.options.worker.statements((sql) => this.leases.advance(sql, held, upTo));
    return observedBatch(this.projection.name, mine, () => this.transaction(held, { upTo, catchingUp }, async (work) => {
      const open = mine.filter(({ stream }) => !work.isHeld(this.ownerOf(stream)));
      if (open.length > 0) await this.projection.apply(work, open);
      return this.leases.advance(work.sql, held, upTo);
    }));
  }

  /** Whose row the facts of a stream belong to: facts go to the partition of the customer who stands for theirs. */
  private ownerOf(stream: StreamKey): CustomerKey {
    return this.roots?.rootOf(stream) ?? { tenant: stream.tenant, customer: stream.id };
  }

  /** Merge facts are seen by all workers, for every later fact goes by them; whom they concern is refolded, held or not: the fold decides who is held now. */
  private merge(facts: readonly JourneyEvent[], upTo: number, held: readonly Lease[]): Promise<Lease[]> {
    const concerned = new Map(facts.flatMap((fact) => this.roots!.add(fact)).map((key) => [keyText(key), key]));
    const mine = [...concerned.values()].filter((key) => isOurs(key, upTo, held));
    if (mine.length === 0) return this.options.worker.statements((sql) => this.leases.advance(sql, held, upTo));
    return this.transaction(held, { upTo }, async (work) => {
      await refoldAnew(work, this.projection, mine);
      return this.leases.advance(work.sql, held, upTo);
    });
  }

  /** In slices, so that no transaction outlives a lease, however many customers a tenant has. */
  private async tick(event: JourneyEvent, upTo: number, held: readonly Lease[], signal: AbortSignal): Promise<Lease[]> {
    const others = held.filter(({ position }) => position >= upTo);
    let mine = held.filter(({ position }) => position < upTo);
    for (let more = mine.length > 0; more && !signal.aborted;) {
      mine = await this.transaction(mine, { upTo }, async (work) => {
        more = await this.projection.tick?.(work, event) ?? false;
        return more ? this.leases.keepTicking(work.sql, mine, upTo) : this.leases.advance(work.sql, mine, upTo);
      });
    }
    return [...mine, ...others];
  }

  private settle(held: readonly Lease[]): Promise<Settled> {
    if (!this.projection.settle) return Promise.resolve('all');
    return this.transaction(held, { upTo: Math.min(...held.map(({ position }) => position)) }, async (work) => {
      const left = await this.projection.settle!(work);
      await this.leases.check(work.sql, held);
      return left;
    });
  }

  private transaction<T>(held: readonly Lease[], { upTo, catchingUp }: { upTo: number; catchingUp?: boolean }, write: (work: Work) => Promise<T>): Promise<T> {
    const { projection, generation, options: { worker } } = this;
    return inWork(worker, projection.name, { generation, partitions: held.map(({ partition }) => partition), upTo, catchingUp, roots: this.roots }, write);
  }

  /** By itself when it equals the live one, and in any case when nobody is left who carries what is live. */
  private wantsToTakeOver(): boolean {
    return this.view()?.switches || this.isAbandoned();
  }

  private isAbandoned(): boolean {
    return this.view()?.live === false && this.options.roster.isLiveAbandoned(this.projection.name);
  }

  /** Beside the work, which goes on. */
  private takeOver(signal: AbortSignal): void {
    if (signal.aborted || !this.wantsToTakeOver()) return;
    this.takingOver ??= takeOverIfEqual(this.options.worker, this.projection, this.generation, { abandoned: this.isAbandoned(), signal })
      .catch((error: unknown) => { if (this.view() && !signal.aborted) this.options.warn?.(`Projection ${this.projection.name} could not take over yet`, error); })
      .finally(() => { this.takingOver = undefined; });
  }
}

function isOurs({ tenant, customer }: CustomerKey, n: number, held: readonly Lease[]): boolean {
  const partition = partitionOf(tenant, customer);
  return held.some((lease) => lease.partition === partition && n > lease.position);
}

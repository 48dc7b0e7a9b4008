import { comparePositions, formatPosition, type JourneyEvent, parsePosition } from '#journey';
import { takeOverIfEqual } from './generations.js';
import { Fenced, type Lease, Leases } from './leases.js';
import { stopIfTooMany, stopText } from './parking.js';
import { pause } from './pause.js';
import { partitionOf, type Projection } from './projection.js';
import type { ProjectorOptions } from './projector.js';
import type { Roster } from './roster.js';
import { openWork } from './work.js';

const RETRY_MS = 500;
const IDLE_MS = 300;
const REMIND_MS = 60_000;
const DEADLOCK = '40P01';

/** Keeps one generation of one projection up to date, as far as this worker holds its partitions. */
export class Follower {
  private remindAt = 0;
  private takingOver: Promise<void> | undefined;
  private readonly leases: Leases;

  constructor(private readonly options: ProjectorOptions, private readonly roster: Roster, private readonly projection: Projection, private readonly generation: number) {
    this.leases = new Leases(options.worker, projection.name, generation, options.owner);
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
    return this.roster.view(this.projection.name, this.generation);
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
    await this.roster.tell().catch(() => undefined);
    if (error instanceof Fenced || (error as { code?: string }).code === DEADLOCK || signal.aborted) return;
    if (this.view()) this.options.warn?.(`Projection ${this.projection.name} will try again`, error);
    await pause(RETRY_MS, signal);
  }

  private async work(first: readonly Lease[], stopping: AbortSignal): Promise<void> {
    const { store, batchSize = 1_000 } = this.options;
    let held = first;
    const ending = new AbortController();
    const signal = AbortSignal.any([stopping, ending.signal]);
    const endBeat = this.roster.onBeat(() => {
      if (!this.view() || this.view()!.stopped || this.roster.isToDeal(this.projection.name, this.generation, held)) ending.abort();
    });
    try {
      const head = parsePosition(await store.head());
      const start = Math.min(...held.map(({ position }) => position));
      // A generation that stands at the head gets no batch, but may have work to settle.
      if (start >= head.n) await this.atHead(held, signal);
      for await (const batch of store.subscribe(formatPosition(head.epoch, start), { batchSize, filter: { categories: this.projection.categories }, signal })) {
        // A full batch may end at the head too, and then no other follows it.
        const atHead = batch.events.length < batchSize || comparePositions(batch.position, await store.head()) >= 0;
        held = await this.apply(batch.events, { upTo: parsePosition(batch.position).n, catchingUp: !atHead }, held);
        if (atHead) await this.atHead(held, signal);
      }
    } finally {
      endBeat();
    }
  }

  /** One batch: rows, parked facts and checkpoints in one transaction. */
  private apply(events: readonly JourneyEvent[], { upTo, catchingUp }: { upTo: number; catchingUp: boolean }, held: readonly Lease[]): Promise<Lease[]> {
    const { projection, generation } = this;
    return this.options.worker.transaction(async (sql) => {
      const mine = events.filter((event) => concerns(event, held));
      if (mine.length === 0) return this.leases.advance(sql, held, upTo);
      const work = await openWork(sql, projection.name, { generation, partitions: held.map(({ partition }) => partition), upTo, catchingUp });
      const open = mine.filter(({ stream }) => stream.category !== 'customer' || !work.isHeld({ tenant: stream.tenant, customer: stream.id }));
      if (open.length > 0) await projection.apply(work, open);
      const now = await this.leases.advance(sql, held, upTo);
      if (work.parkedSome()) await stopIfTooMany(sql, projection.name, generation);
      return now;
    });
  }

  private async atHead(held: readonly Lease[], signal: AbortSignal): Promise<void> {
    const { projection, generation } = this;
    const upTo = Math.min(...held.map(({ position }) => position));
    for (let more = projection.settle !== undefined; more && !signal.aborted;) {
      more = await this.options.worker.transaction(async (sql) => {
        const work = await openWork(sql, projection.name, { generation, partitions: held.map(({ partition }) => partition), upTo });
        const unfinished = await projection.settle!(work);
        await this.leases.advance(sql, held, 0);
        if (work.parkedSome()) await stopIfTooMany(sql, projection.name, generation);
        return unfinished;
      });
    }
    if (this.view()?.switches && !signal.aborted) this.takeOver(signal);
  }

  private takeOver(signal: AbortSignal): void {
    this.takingOver ??= takeOverIfEqual(this.options.worker, this.projection, this.generation, signal)
      .catch((error: unknown) => { if (this.view() && !signal.aborted) this.options.warn?.(`Projection ${this.projection.name} could not take over yet`, error); })
      .finally(() => { this.takingOver = undefined; });
  }
}

/** Facts of customers go to the partition of the customer; the clock concerns all. */
function concerns(event: JourneyEvent, held: readonly Lease[]): boolean {
  const { n } = parsePosition(event.position);
  if (event.stream.category !== 'customer') return held.some(({ position }) => n > position);
  const partition = partitionOf(event.stream.tenant, event.stream.id);
  return held.some((lease) => lease.partition === partition && n > lease.position);
}

import { formatPosition, type JourneyEvent, parsePosition } from '#journey';
import type { EventStore } from '../event-store.js';
import type { Database } from '../postgres/database.js';
import { dropOldGenerations, ensureProjection, generationsOf, liveGeneration, switchIfCaughtUp } from './generations.js';
import { Fenced, type Lease, Leases } from './leases.js';
import { partitionOf, type Projection, type Work } from './projection.js';

export interface ProjectorOptions {
  readonly store: EventStore;
  readonly worker: Database;
  readonly projections: readonly Projection[];
  /** Names this worker in leases; unique per process. */
  readonly owner: string;
  readonly batchSize?: number;
  /** Told of failures that are tried again. */
  readonly warn?: (message: string, error: unknown) => void;
}

const HEARTBEAT_MS = 1_500;
const RETRY_MS = 500;

/** Keeps every generation of every projection up to date with the log, as far as this worker holds its partitions. */
export class Projector {
  private readonly stopping = new AbortController();
  private running: Promise<void>[] = [];
  private readonly followed = new Set<string>();

  constructor(private readonly options: ProjectorOptions) {}

  async start(): Promise<void> {
    for (const projection of this.options.projections) await ensureProjection(this.options.worker, projection);
    await this.discover();
    this.running.push(this.watch());
  }

  /** Finishes the batch in hand, gives the leases back. */
  async stop(): Promise<void> {
    this.stopping.abort();
    await Promise.allSettled(this.running);
  }

  /** Notices generations that were begun elsewhere, and drops those that were replaced. */
  private async watch(): Promise<void> {
    while (await this.pause(RETRY_MS)) await this.discover().catch((error: unknown) => this.options.warn?.('Looking for new generations failed', error));
  }

  private async discover(): Promise<void> {
    for (const projection of this.options.projections) {
      const { live, generations } = await this.options.worker.transaction(async (sql) => (
        { live: await liveGeneration(sql, projection.name), generations: await generationsOf(sql, projection.name) }));
      if (generations.some((generation) => generation < live)) await dropOldGenerations(this.options.worker, projection);
      for (const generation of generations.filter((number) => number >= live)) {
        const key = `${projection.name}/${generation}`;
        if (this.followed.has(key)) continue;
        this.followed.add(key);
        this.running.push(this.follow(projection, generation).finally(() => this.followed.delete(key)));
      }
    }
  }

  /** Lives as long as the generation does. */
  private async follow(projection: Projection, generation: number): Promise<void> {
    const leases = new Leases(this.options.worker, projection.name, generation, this.options.owner);
    while (!this.stopping.signal.aborted && await this.exists(projection, generation)) {
      try {
        const held = await leases.acquire();
        if (held.length === 0) await this.pause(HEARTBEAT_MS);
        else await this.work(projection, generation, leases, held);
      } catch (error) {
        // A generation that was replaced loses its tables under its followers; that is no failure.
        if (!(error instanceof Fenced) && await this.exists(projection, generation)) this.options.warn?.(`Projection ${projection.name} will try again`, error);
        await this.pause(RETRY_MS);
      }
    }
    await leases.release().catch(() => undefined);
  }

  private async work(projection: Projection, generation: number, leases: Leases, first: readonly Lease[]): Promise<void> {
    const { store, batchSize = 1_000 } = this.options;
    let held = first;
    const ending = new AbortController();
    const signal = AbortSignal.any([this.stopping.signal, ending.signal]);
    // Renews the leases, and ends this run when partitions were won or lost so that the next begins from what is held then.
    const heartbeat = setInterval(() => {
      leases.acquire().then((now) => { if (now.length !== held.length) ending.abort(); }, () => ending.abort());
    }, HEARTBEAT_MS);
    try {
      const head = parsePosition(await store.head());
      const start = Math.min(...held.map(({ position }) => position));
      // A generation that stands at the head gets no batch, but may have work to settle.
      if (start >= head.n) await this.atHead(projection, generation, leases, held);
      for await (const batch of store.subscribe(formatPosition(head.epoch, start), { batchSize, filter: { categories: projection.categories }, signal })) {
        const { n } = parsePosition(batch.position);
        held = await this.options.worker.transaction(async (sql) => {
          const mine = batch.events.filter((event) => concerns(event, held));
          const work: Work = { sql, generation, partitions: held.map(({ partition }) => partition), upTo: n };
          if (mine.length > 0) await projection.apply(work, mine);
          return leases.advance(sql, held, n);
        });
        // A full batch may end at the head too, and then no other follows it.
        if (batch.events.length < batchSize || batch.position === await store.head()) await this.atHead(projection, generation, leases, held);
      }
    } finally {
      clearInterval(heartbeat);
    }
  }

  private async atHead(projection: Projection, generation: number, leases: Leases, held: readonly Lease[]): Promise<void> {
    const upTo = Math.min(...held.map(({ position }) => position));
    for (let more = projection.settle !== undefined; more && !this.stopping.signal.aborted;) {
      more = await this.options.worker.transaction(async (sql) => {
        const unfinished = await projection.settle!({ sql, generation, partitions: held.map(({ partition }) => partition), upTo });
        await leases.advance(sql, held, 0);
        return unfinished;
      });
    }
    await switchIfCaughtUp(this.options.worker, projection, generation);
  }

  private async exists(projection: Projection, generation: number): Promise<boolean> {
    return this.options.worker.transaction(async (sql) => generation >= await liveGeneration(sql, projection.name)).catch(() => true);
  }

  /** @returns false when it is time to stop */
  private pause(ms: number): Promise<boolean> {
    const { signal } = this.stopping;
    return new Promise((resolve) => {
      const done = () => { clearTimeout(timer); signal.removeEventListener('abort', done); resolve(!signal.aborted); };
      const timer = setTimeout(done, ms);
      signal.addEventListener('abort', done, { once: true });
      if (signal.aborted) done();
    });
  }
}

/** Facts of customers go to the partition of the customer; the clock concerns all. */
function concerns(event: JourneyEvent, held: readonly Lease[]): boolean {
  const { n } = parsePosition(event.position);
  if (event.stream.category !== 'customer') return held.some(({ position }) => n > position);
  const partition = partitionOf(event.stream.tenant, event.stream.id);
  return held.some((lease) => lease.partition === partition && n > lease.position);
}

import type { EventStore } from '../event-store.js';
import type { Database } from '../postgres/database.js';
import { Follower } from './follower.js';
import { ensureProjection } from './generations.js';
import { LogReader } from './log-reader.js';
import type { Projection } from './projection.js';
import { Roster } from './roster.js';

export interface ProjectorOptions {
  readonly store: EventStore;
  readonly worker: Database;
  readonly projections: readonly Projection[];
  /** Names this worker in leases; unique per process. */
  readonly owner: string;
  readonly batchSize?: number;
  /** Told of failures that are tried again, and of projections that have stopped. */
  readonly warn?: (message: string, error: unknown) => void;
}

/** Follows the log with every generation of every projection, and shares the partitions with the other workers. */
export class Projector {
  private readonly stopping = new AbortController();
  private readonly roster: Roster;
  private readonly following = new Map<string, Promise<void>>();
  private readonly log: LogReader;
  private beating: Promise<void> | undefined;

  constructor(private readonly options: ProjectorOptions) {
    this.roster = new Roster(options.worker, options.owner, options.projections);
    this.log = new LogReader(options.store, [...new Set(options.projections.flatMap(({ categories }) => categories))]);
  }

  async start(): Promise<void> {
    for (const projection of this.options.projections) await ensureProjection(this.options.worker, projection);
    await this.roster.tell();
    this.followAll();
    this.roster.onBeat(() => {
      this.followAll();
      this.log.noticed(this.roster.horizon());
    });
    this.beating = this.roster.run(this.stopping.signal, (error) => this.options.warn?.('The heartbeat did not get through', error));
  }

  /** Finishes the batch in hand, gives the leases back. */
  async stop(): Promise<void> {
    this.stopping.abort();
    await this.beating;
    await Promise.allSettled(this.following.values());
    this.log.close();
    await this.roster.leave().catch(() => undefined);
  }

  /** Generations may be begun and dropped elsewhere at any time. */
  private followAll(): void {
    if (this.stopping.signal.aborted) return;
    for (const { name, generation } of this.roster.generations()) {
      const key = `${name}/${generation}`;
      if (this.following.has(key)) continue;
      const projection = this.options.projections.find((candidate) => candidate.name === name)!;
      const follower = new Follower({ ...this.options, roster: this.roster, log: this.log }, projection, generation);
      this.following.set(key, follower.follow(this.stopping.signal).finally(() => this.following.delete(key)));
    }
  }
}

import { afterEach, beforeEach } from '@jest/globals';
import type { JourneyEvent } from '#journey';
import { freshDatabase, type TestDatabase } from '../../../../../test/support/database.js';
import { EventStoreDbStandIn } from '../../../../../test/support/eventstoredb/stand-in.js';
import type { EventStore, NewEvent } from '../../event-store.js';
import { openEventStore, openEventStoreDb, type OpenedStore, prepareLog, startMirror } from '../../open-event-store.js';
import { Database } from '../../postgres/database.js';
import { migrate } from '../../postgres/migrate.js';
import { eventStoreMigrations } from '../../postgres/migrations/index.js';
import { PAGES } from '../../verify/pages.js';
import { verifyLog } from '../../verify/verify-log.js';
import type { EventStoreDbStore } from '../eventstoredb-store.js';

/** A stand-in for EventStoreDB and a database for its mirror, new for each test. */
export class Mirrored {
  server!: EventStoreDbStandIn;
  fresh!: TestDatabase;
  worker!: Database;
  store!: OpenedStore;
  log!: EventStoreDbStore;
  readonly warnings: string[] = [];
  readonly ending: (() => Promise<unknown>)[] = [];

  constructor() {
    beforeEach(() => this.open());
    afterEach(() => this.close());
  }

  get where() {
    return { eventStore: 'eventstoredb', eventStoreUrl: this.server.url } as const;
  }

  readonly warn = (message: string, error: unknown): void => { this.warnings.push(`${message}: ${String(error)}`); };

  async follow(owner: string): Promise<{ stop(): Promise<void> }> {
    const mirror = (await startMirror(this.where, { worker: this.worker, owner, warn: this.warn }))!;
    let stopped: Promise<void> | undefined;
    const stop = () => (stopped ??= mirror.stop());
    this.ending.unshift(stop);
    return { stop };
  }

  append(id: string, facts: readonly string[]) {
    return this.store.append([{ stream: { tenant: 't1', category: 'customer', id }, expected: 'any', events: facts.map((note) => fact(note)) }]);
  }

  async everything(of: EventStore = this.store): Promise<JourneyEvent[]> {
    const events: JourneyEvent[] = [];
    for await (const batch of of.read(null, { batchSize: 100 })) events.push(...batch.events);
    return events;
  }

  async caughtUp(looks = 400): Promise<void> {
    const head = await this.log.head();
    for (let waits = 0; await this.store.head() !== head; waits++) {
      if (waits > looks) throw new Error(`The mirror stands at ${await this.store.head()}, the server at ${head}.\n${this.warnings.join('\n')}`);
      await new Promise((wake) => setTimeout(wake, 25));
    }
  }

  async flaws(): Promise<unknown[]> {
    let flaws: unknown[] = [];
    for await (const found of verifyLog(this.worker, PAGES)) flaws = [...found.flaws];
    return flaws;
  }

  private async open(): Promise<void> {
    this.warnings.splice(0);
    this.server = await new EventStoreDbStandIn().start();
    this.fresh = await freshDatabase((owner) => migrate(owner, eventStoreMigrations).then(() => undefined));
    this.worker = new Database(this.fresh.url, 'touchline_worker');
    await prepareLog(this.worker, this.where);
    this.store = openEventStore(this.worker, this.where);
    this.log = openEventStoreDb(this.server.url, this.worker);
    this.ending.push(() => this.store.close(), () => this.log.close());
  }

  private async close(): Promise<void> {
    for (const end of this.ending.splice(0)) await end();
    await this.worker.close();
    await this.fresh.drop();
    this.server.stop();
  }
}

let facts = 0;

export function fact(note: string): NewEvent {
  facts += 1;
  return {
    source: 'test', id: `m${facts}`, type: 'x-test.noted', version: 1, occurredAt: '2026-01-05T10:00:00.000Z',
    actor: { kind: 'system', id: 'test' }, data: { note }, bodyHash: note,
  };
}

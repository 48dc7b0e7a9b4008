import { randomUUID } from 'node:crypto';
import { hostname } from 'node:os';
import { Database, KeyRing, parseMasterKey, PostgresEventStore, Projector, Reactor } from '#event-store';
import { projections } from '#read-model';
import { Clock } from './close-days.js';
import { Announcer } from './announcer.js';
import { checkAnswer, type Outside, reactions } from './reactions.js';
import { DriftWatch } from './watch-drift.js';

export interface WorkerOptions extends Outside {
  readonly databaseUrl: string;
  /** 32 bytes in base64; without it nobody's address can be read. */
  readonly masterKey?: string | undefined;
  /** Told of what went wrong and is tried again. */
  readonly warn: (message: string, error: unknown) => void;
}

export interface Worker {
  /** Finishes what is in hand and gives the leases back. */
  stop(): Promise<void>;
}

const LOOK_AT_CLOCK_MS = 20_000;

/** What runs unasked: projections, the tick that closes a tenant's day, and what follows from it. */
export async function startWorker({ databaseUrl, masterKey, warn, ...outside }: WorkerOptions): Promise<Worker> {
  const database = new Database(databaseUrl, 'touchline_worker', 12);
  const store = new PostgresEventStore(database);
  const projector = new Projector({ store, worker: database, projections: projections(), owner: `${hostname()}:${process.pid}:${randomUUID().slice(0, 8)}`, warn });
  const clock = new Clock(database, store);
  const reader = new Database(databaseUrl, 'touchline_reader', 2);
  const drift = new DriftWatch({ worker: database, reader, store });
  const announcer = new Announcer(database, store, (error) => warn('Announcing changes failed', error));
  const keys = masterKey === undefined ? null : new KeyRing(database, parseMasterKey(masterKey));
  const reactor = new Reactor({ worker: database, store, reactions: reactions(outside, { reader, worker: database }, warn), keys, check: checkAnswer, warn });
  const ending = new AbortController();
  let measuring: Promise<unknown> = Promise.resolve();
  const measure = () => (measuring = measuring.then(() => drift.tick(new Date(), ending.signal)).catch((error: unknown) => {
    if (!ending.signal.aborted) warn('Measuring the drift of models failed', error);
  }));
  const close = async () => {
    ending.abort();
    await measuring;
    await projector.stop();
    await reactor.stop();
    await announcer.stop();
    await store.close();
    await Promise.all([database.close(), reader.close()]);
  };
  try {
    await keys?.verifyMasterKey();
    await clock.tick(new Date());
    await projector.start();
    await reactor.start();
    void measure();
  } catch (error) {
    await close();
    throw error;
  }
  // A little jitter, so that many workers do not all write at the same midnight.
  const look = async () => {
    if (await clock.tick(new Date()) > 0) void measure();
    await announcer.look();
  };
  const timer = setInterval(() => look().catch((error: unknown) => warn('Closing the day failed', error)), LOOK_AT_CLOCK_MS + Math.random() * 5_000);
  return {
    stop: async () => {
      clearInterval(timer);
      await close();
    },
  };
}

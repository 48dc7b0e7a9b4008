import { Projector } from '#event-store';
import { projections } from '#read-model';
import { Announcer } from '../announcer.js';
import { Clock } from '../close-days.js';
import { DriftWatch } from '../watch-drift.js';
import type { Running, Shared } from './shared.js';

const LOOK_AT_CLOCK_MS = 20_000;

/** Read models, the tick that closes a tenant's day, and what follows from both. */
export async function startProjections({ worker, reader, store, owner, warn }: Shared): Promise<Running> {
  const projector = new Projector({ store, worker, projections: projections(), owner, warn });
  const clock = new Clock(worker, store);
  const drift = new DriftWatch({ worker, reader, store });
  const announcer = new Announcer(worker, store, (error) => warn('Announcing changes failed', error));
  const ending = new AbortController();
  let measuring: Promise<unknown> = Promise.resolve();
  const measure = () => (measuring = measuring.then(() => drift.tick(new Date(), ending.signal)).catch((error: unknown) => {
    if (!ending.signal.aborted) warn('Measuring the drift of models failed', error);
  }));
  const stop = async () => {
    ending.abort();
    await measuring;
    await projector.stop();
    await announcer.stop();
  };
  try {
    await clock.tick(new Date());
    await projector.start();
    void measure();
  } catch (error) {
    await stop();
    throw error;
  }
  // A little jitter, so that many workers do not all write at the same midnight.
  const look = async () => {
    if (await clock.tick(new Date()) > 0) void measure();
    await announcer.look();
  };
  const timer = setInterval(() => look().catch((error: unknown) => warn('Closing the day failed', error)), LOOK_AT_CLOCK_MS + Math.random() * 5_000);
  return { stop: async () => { clearInterval(timer); await stop(); } };
}

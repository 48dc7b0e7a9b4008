import { startMirror } from '#event-store';
import type { Running, Shared } from './shared.js';

/** The log in PostgreSQL as a mirror of EventStoreDB; nothing to do where the log is in PostgreSQL itself. */
export async function keepMirror({ where, worker, owner, warn }: Shared): Promise<Running> {
  return await startMirror(where, { worker, owner, warn }) ?? { stop: () => Promise.resolve() };
}

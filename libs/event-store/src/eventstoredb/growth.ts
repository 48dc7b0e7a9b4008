import { setTimeout as sleep } from 'node:timers/promises';
import type { Server } from './server.js';

const FIRST_PAUSE_MS = 100;
const LONGEST_PAUSE_MS = 5_000;

/** Tells that the log has grown: one catch-up subscription for the whole process, from when somebody listens first. One that breaks is opened again, with growing pauses, and tells once, as something may have come meanwhile. */
export class Growth {
  private readonly listeners = new Set<() => void>();
  private readonly ending = new AbortController();
  private following: Promise<void> | undefined;

  constructor(private readonly server: Server) {}

  /** @returns a function that ends it */
  listen(listener: () => void): () => void {
    this.listeners.add(listener);
    this.following ??= this.follow();
    return () => void this.listeners.delete(listener);
  }

  async close(): Promise<void> {
    this.ending.abort();
    await this.following;
  }

  private async follow(): Promise<void> {
    const { signal } = this.ending;
    for (let pauses = FIRST_PAUSE_MS; !signal.aborted;) {
      try {
        const confirmed = () => { pauses = FIRST_PAUSE_MS; this.tell(); };
        for await (const _ of this.server.follow('end', { signal, confirmed })) this.tell();
      } catch {
        // Opened again below.
      }
      await sleep(pauses, undefined, { signal }).catch(() => undefined);
      pauses = Math.min(pauses * 2, LONGEST_PAUSE_MS);
    }
  }

  private tell(): void {
    for (const listener of [...this.listeners]) listener();
  }
}

import type { Database } from './database.js';

const CHANNEL = 'touchline_log';
const COALESCE_MS = 5;
const AGAIN_MS = 1_000;

/** Tells readers in other processes that the log grew: outside the writing transaction and at most once in a few milliseconds. */
export class WakeUp {
  private timer: NodeJS.Timeout | undefined;
  /** Lets the listening connection go. */
  private listener: Promise<() => void> | undefined;
  private readonly listeners = new Set<() => void>();
  private again: NodeJS.Timeout | undefined;
  private closed = false;

  constructor(private readonly database: Database) {}

  /** To be called after a commit. A lost notification costs a reader one poll, never an event. */
  announce(): void {
    this.timer ??= setTimeout(() => {
      this.timer = undefined;
      this.database.statements((sql) => sql.query(`notify ${CHANNEL}`)).catch(() => undefined);
    }, COALESCE_MS);
  }

  /** Calls back at every notification. @returns a function that ends it */
  listen(listener: () => void): () => void {
    this.listeners.add(listener);
    this.connect();
    return () => void this.listeners.delete(listener);
  }

  async close(): Promise<void> {
    this.closed = true;
    clearTimeout(this.timer);
    clearTimeout(this.again);
    const letGo = await this.listener?.catch(() => undefined);
    letGo?.();
  }

  /** One listening connection for all; a broken one is opened again as long as somebody listens. */
  private connect(): void {
    if (this.closed || this.listeners.size === 0) return;
    const listener = this.listener ??= this.openListener(() => {
      if (this.listener !== listener) return;
      this.listener = undefined;
      if (!this.closed) this.again = setTimeout(() => this.connect(), AGAIN_MS).unref();
    });
    listener.catch(() => undefined);
  }

  private async openListener(gone: () => void): Promise<() => void> {
    const client = await this.database.connect().catch((error: unknown) => { gone(); throw error; });
    let held = true;
    const letGo = () => {
      if (!held) return;
      // Before the release: what the release itself brings about may come here again.
      held = false;
      gone();
      client.release(true);
    };
    client.on('notification', () => [...this.listeners].forEach((wake) => wake()));
    client.on('error', letGo);
    try {
      await client.query(`listen ${CHANNEL}`);
      // What was told while nobody listened is not told again.
      [...this.listeners].forEach((wake) => wake());
      return letGo;
    } catch (error) {
      letGo();
      throw error;
    }
  }
}

import type { PoolClient } from 'pg';
import type { Database } from './database.js';

const CHANNEL = 'touchline_log';
const COALESCE_MS = 5;

/** Tells readers in other processes that the log grew: outside the writing transaction and at most once in a few milliseconds. */
export class WakeUp {
  private timer: NodeJS.Timeout | undefined;
  private listener: Promise<PoolClient> | undefined;
  private sleepers = new Set<() => void>();

  constructor(private readonly database: Database) {}

  /** To be called after a commit. A lost notification costs a reader one poll, never an event. */
  announce(): void {
    this.timer ??= setTimeout(() => {
      this.timer = undefined;
      this.database.statements((sql) => sql.query(`notify ${CHANNEL}`)).catch(() => undefined);
    }, COALESCE_MS);
  }

  /** Resolves at the next notification, after `pollMs`, or when the signal aborts. */
  async sleep(pollMs: number, signal: AbortSignal): Promise<void> {
    if (signal.aborted) return;
    await this.listen();
    await new Promise<void>((wake) => {
      const done = () => {
        clearTimeout(timer);
        signal.removeEventListener('abort', done);
        this.sleepers.delete(done);
        wake();
      };
      const timer = setTimeout(done, pollMs);
      signal.addEventListener('abort', done, { once: true });
      this.sleepers.add(done);
    });
  }

  async close(): Promise<void> {
    clearTimeout(this.timer);
    const listener = await this.listener?.catch(() => undefined);
    listener?.release(true);
  }

  /** One listening connection for all sleepers; a broken one is opened again at the next sleep. */
  private async listen(): Promise<void> {
    this.listener ??= this.database.connect().then(async (client) => {
      client.on('notification', () => [...this.sleepers].forEach((wake) => wake()));
      client.on('error', () => { this.listener = undefined; client.release(true); });
      await client.query(`listen ${CHANNEL}`);
      return client;
    });
    await this.listener.catch(() => { this.listener = undefined; });
  }
}

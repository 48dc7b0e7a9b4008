import type { Database } from './database.js';

const CHANNEL = 'touchline_log';
const COALESCE_MS = 5;

/** Tells readers in other processes that the log grew: outside the writing transaction and at most once in a few milliseconds. */
export class WakeUp {
  private timer: NodeJS.Timeout | undefined;
  /** Lets the listening connection go. */
  private listener: Promise<() => void> | undefined;
  private sleepers = new Set<() => void>();
  private closed = false;

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
    this.closed = true;
    clearTimeout(this.timer);
    const letGo = await this.listener?.catch(() => undefined);
    letGo?.();
  }

  /** One listening connection for all sleepers; a broken one is opened again at the next sleep. */
  private async listen(): Promise<void> {
    if (this.closed) return;
    const listener = this.listener ??= this.openListener(() => { if (this.listener === listener) this.listener = undefined; });
    await listener.catch(() => undefined);
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
    client.on('notification', () => [...this.sleepers].forEach((wake) => wake()));
    client.on('error', letGo);
    try {
      await client.query(`listen ${CHANNEL}`);
      return letGo;
    } catch (error) {
      letGo();
      throw error;
    }
  }
}

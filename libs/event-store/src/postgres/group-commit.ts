import type { Append, AppendVerdict } from '../event-store.js';

interface Call {
  readonly appends: readonly Append[];
  readonly events: number;
  resolve(verdicts: AppendVerdict[]): void;
  reject(error: unknown): void;
}

/** Fewer and fuller transactions cost less by event; more of them make the next ready while one waits for the disk. */
export interface Lanes {
  /** Transactions that are open at a time. */
  readonly most: number;
  /** Milliseconds for which calls wait for an open transaction, so that they go together in the next; when it takes longer, another is opened beside it. */
  readonly patience: number;
}

/** Events that share a transaction, unless a single call brings more. */
const MAX_EVENTS = 2_000;

/**
 * Lets calls that come at the same time share a transaction. Each gets its own verdicts. When the shared transaction fails for what one
 * of them sent, every call is tried alone, so that the error reaches only that one; trying again is safe, as appends are idempotent.
 * When the database is away all hear of it at once, instead of each waiting for its own failure after the other.
 */
export class GroupCommit {
  private waiting: Call[] = [];
  private open = 0;
  private opened = 0;
  private timer: NodeJS.Timeout | undefined;

  constructor(private readonly write: (appends: readonly Append[]) => Promise<AppendVerdict[]>, private readonly lanes: Lanes) {}

  append(appends: readonly Append[]): Promise<AppendVerdict[]> {
    return new Promise((resolve, reject) => {
      this.waiting.push({ appends, events: appends.reduce((sum, { events }) => sum + events.length, 0), resolve, reject });
      // Calls made in the same turn of the event loop go together.
      if (this.waiting.length === 1) queueMicrotask(() => this.fill());
    });
  }

  private fill(): void {
    while (this.open < this.lanes.most && this.waiting.length > 0) {
      const wait = this.open === 0 ? 0 : this.opened + this.lanes.patience - performance.now();
      if (wait > 0) {
        this.timer ??= setTimeout(() => {
          this.timer = undefined;
          this.fill();
        }, wait);
        return;
      }
      const calls = this.take(this.lanes.patience > 0 ? this.waiting.length : Math.ceil(this.waiting.length / (this.lanes.most - this.open)));
      this.open += 1;
      this.opened = performance.now();
      void this.settle(calls).finally(() => {
        this.open -= 1;
        this.fill();
      });
    }
  }

  private take(share: number): Call[] {
    let [taken, events] = [0, 0];
    while (taken < share && (taken === 0 || events + this.waiting[taken]!.events <= MAX_EVENTS)) events += this.waiting[taken++]!.events;
    return this.waiting.splice(0, taken);
  }

  private async settle(calls: readonly Call[]): Promise<void> {
    try {
      const verdicts = await this.write(calls.flatMap(({ appends }) => appends));
      let start = 0;
      for (const { appends, resolve } of calls) resolve(verdicts.slice(start, start += appends.length));
    } catch (error) {
      if (calls.length === 1 || !isOfOneCall(error)) calls.forEach(({ reject }) => reject(error));
      else for (const call of calls) await this.settle([call]);
    }
  }
}

/** Data that cannot be stored (SQLSTATE classes 22, 23, 54), or that could not even be sent. */
function isOfOneCall(error: unknown): boolean {
  return error instanceof TypeError || error instanceof RangeError || /^(22|23|54)/.test((error as { code?: string }).code ?? '');
}

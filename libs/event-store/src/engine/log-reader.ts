import { formatPosition, type JourneyEvent, parsePosition } from '#journey';
import type { EventStore } from '../event-store.js';

/** A page of the log after some position; `atEnd` when there was nothing more to read. */
export interface Page {
  readonly events: readonly JourneyEvent[];
  /** Everything up to here has been looked at. */
  readonly upTo: number;
  readonly atEnd: boolean;
}

const KEPT = 2;

/** Reads the log for all followers of one process: who asks for the same page shares it, and nobody asks while nothing grows. */
export class LogReader {
  private epoch: number | undefined;
  private growths = 0;
  private furthest = -1;
  private readonly pages = new Map<string, { readonly growths: number; readonly page: Promise<Page> }>();
  private readonly waiting = new Set<() => void>();
  private readonly letGo: () => void;

  constructor(private readonly store: EventStore, private readonly categories: readonly string[]) {
    this.letGo = store.onGrowth(() => this.grow());
  }

  /** To be taken before a page is read and given to `grown`, so that nothing falls in between. */
  seen(): number {
    return this.growths;
  }

  async read(after: number, limit: number): Promise<Page> {
    const key = `${after}/${limit}`;
    const known = this.pages.get(key);
    if (known && (known.growths === this.growths || !(await known.page).atEnd)) return known.page;
    const page = this.fetch(after, limit);
    this.pages.set(key, { growths: this.growths, page });
    for (const old of [...this.pages.keys()].slice(0, -KEPT)) this.pages.delete(old);
    page.catch(() => { this.pages.delete(key); this.epoch = undefined; });
    return page;
  }

  /** Waits until the log may have grown since `seen`, the signal aborts, or `ms` have passed. */
  grown(seen: number, signal: AbortSignal, ms?: number): Promise<void> {
    return new Promise((resolve) => {
      if (seen !== this.growths || signal.aborted) return resolve();
      const done = () => {
        clearTimeout(timer);
        signal.removeEventListener('abort', done);
        this.waiting.delete(done);
        resolve();
      };
      const timer = ms === undefined ? undefined : setTimeout(done, ms);
      signal.addEventListener('abort', done, { once: true });
      this.waiting.add(done);
    });
  }

  /** Told now and then how far the log is final, in case that a notification was lost. */
  noticed(horizon: number): void {
    if (horizon > this.furthest) this.grow();
  }

  close(): void {
    this.letGo();
  }

  private grow(): void {
    this.growths += 1;
    for (const wake of [...this.waiting]) wake();
  }

  private async fetch(after: number, limit: number): Promise<Page> {
    this.epoch ??= parsePosition(await this.store.head()).epoch;
    const { events, position } = await this.store.readAll(formatPosition(this.epoch, after), limit, { categories: this.categories });
    const upTo = parsePosition(position).n;
    this.furthest = Math.max(this.furthest, upTo);
    return { events, upTo, atEnd: events.length < limit };
  }
}

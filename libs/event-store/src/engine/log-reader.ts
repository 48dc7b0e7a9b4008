import { type JourneyEvent, parsePosition, type Position } from '#journey';
import type { Batch, EventStore } from '../event-store.js';

/** A page of the log after some position; `atEnd` when there was nothing more to read. */
export interface Page {
  readonly events: readonly JourneyEvent[];
  /** Everything up to here has been looked at. */
  readonly upTo: Position;
  readonly atEnd: boolean;
}

/** Batches up to what was final when it began, after so many growths. */
interface Reading { readonly growths: number; readonly batches: AsyncIterator<Batch> }

const KEPT = 2;

/** Reads the log for all followers of one process: who asks for the same page shares it, who goes on goes on in the same reading, and nobody asks while nothing grows. */
export class LogReader {
  private growths = 0;
  private furthest = -1;
  private readonly pages = new Map<string, { readonly growths: number; readonly page: Promise<Page> }>();
  /** By the page that comes next in them. */
  private readonly readings = new Map<string, Reading>();
  private readonly waiting = new Set<() => void>();
  private readonly letGo: () => void;

  constructor(private readonly store: EventStore, private readonly categories: readonly string[]) {
    this.letGo = store.onGrowth(() => this.grow());
  }

  /** To be taken before a page is read and given to `grown`, so that nothing falls in between. */
  seen(): number {
    return this.growths;
  }

  /** @throws Error where the log leads another life than the one that `after` is of */
  async read(after: Position, limit: number): Promise<Page> {
    const key = `${after}/${limit}`;
    const known = this.pages.get(key);
    if (known && (known.growths === this.growths || !(await known.page).atEnd)) return known.page;
    const page = this.fetch(after, limit, this.growths);
    this.pages.set(key, { growths: this.growths, page });
    for (const old of [...this.pages.keys()].slice(0, -KEPT)) this.pages.delete(old);
    page.catch(() => { this.pages.delete(key); this.furthest = -1; });
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
    this.keepReadings(0);
  }

  private grow(): void {
    this.growths += 1;
    for (const wake of [...this.waiting]) wake();
  }

  /** The end of a reading is that of the log only if the log has not grown since the reading began. */
  private async fetch(after: Position, limit: number, growths: number): Promise<Page> {
    const key = `${after}/${limit}`;
    const reading = this.readings.get(key) ?? this.begin(after, limit, growths);
    this.readings.delete(key);
    const { events, position: upTo } = (await reading.batches.next()).value as Batch;
    mindLife(after, events.at(-1)?.position ?? upTo);
    this.furthest = Math.max(this.furthest, parsePosition(upTo).n);
    const more = events.length === limit;
    if (more) this.readings.set(`${upTo}/${limit}`, reading);
    this.keepReadings(KEPT);
    const atEnd = !more && reading.growths === growths;
    return more || atEnd || upTo !== after ? { events, upTo, atEnd } : this.fetch(after, limit, growths);
  }

  private begin(after: Position, limit: number, growths: number): Reading {
    return { growths, batches: this.store.read(after, { batchSize: limit, filter: { categories: this.categories } })[Symbol.asyncIterator]() };
  }

  private keepReadings(count: number): void {
    for (const [key, { batches }] of [...this.readings].slice(0, this.readings.size - count)) {
      this.readings.delete(key);
      void batches.return?.();
    }
  }
}

/** A reading may have begun before the server was restored or promoted, and go on after it. */
function mindLife(after: Position, read: Position): void {
  if (parsePosition(after).epoch !== parsePosition(read).epoch) throw new Error(`The log leads another life: it was read after ${after}, and ${read} came`);
}

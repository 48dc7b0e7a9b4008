import type { FeedEvent } from './feed-event.js';
import { MOST_CHARACTERS, Stretch } from './stretch.js';

/** What has passed is kept so long, for readers who were busy for a moment. Not longer: who is erased is to be gone from memory, too. */
const KEPT_MS = 5_000;
const MOST_KEPT = 4 * MOST_CHARACTERS;

interface Waiter {
  readonly until: number;
  readonly wake: () => void;
}

/** All readers at the end of the log who see the same: the newest that passed their filter, and who waits for more. */
export class Channel {
  private recent: { readonly event: FeedEvent; readonly at: number }[] = [];
  private size = 0;
  private fresh = false;
  private last: Stretch | undefined;
  private readonly waiters = new Set<Waiter>();
  private usedAt = performance.now();

  private upTo: number;

  /** Nothing that passed after `from` is missing. */
  constructor(public from: number) {
    this.upTo = from;
  }

  add(event: FeedEvent): void {
    this.recent.push({ event, at: performance.now() });
    this.size += event.text.length;
    this.fresh = true;
  }

  /** Everything up to here was looked at. Wakes whoever waits, when something passed. */
  reach(upTo: number): void {
    this.upTo = upTo;
    if (this.fresh) this.wakeAll();
    this.fresh = false;
    this.forget();
  }

  /** Nobody looked what passes up to here: whoever wants it reads the log. */
  skip(upTo: number): void {
    this.recent = [];
    this.size = 0;
    this.fresh = false;
    this.last = undefined;
    this.from = this.upTo = upTo;
    this.wakeAll();
  }

  /** What passed after `from`; null where nothing did yet. Readers at the same place share it. */
  after(from: number, most: number): Stretch | null {
    this.usedAt = performance.now();
    if (this.last?.from === from && this.last.events.length <= most) return this.last;
    let first = this.recent.length;
    while (first > 0 && this.recent[first - 1]!.event.n > from) first -= 1;
    if (first === this.recent.length) return null;
    const stretch = Stretch.of(from, Math.max(this.upTo, from), this.recent.slice(first).map(({ event }) => event), { atEnd: true, most });
    return this.last = stretch;
  }

  /** Until something passes, the time has come, or the signal aborts. @returns how far was looked */
  wait(from: number, until: number, signal: AbortSignal): Promise<Stretch> {
    return new Promise((resolve) => {
      const wake = () => {
        this.waiters.delete(waiter);
        signal.removeEventListener('abort', wake);
        resolve(this.from > from ? new Stretch(from, from, [], false) : this.after(from, Infinity) ?? new Stretch(from, Math.max(this.upTo, from), [], true));
      };
      const waiter: Waiter = { until, wake };
      this.waiters.add(waiter);
      signal.addEventListener('abort', wake, { once: true });
      if (signal.aborted) wake();
    });
  }

  /** @returns false when nobody has wanted anything for a while */
  tick(now: number): boolean {
    for (const { until, wake } of [...this.waiters]) if (until <= now) wake();
    this.forget();
    return this.waiters.size > 0 || now - this.usedAt < KEPT_MS;
  }

  wakeAll(): void {
    for (const { wake } of [...this.waiters]) wake();
  }

  private forget(): void {
    const before = performance.now() - KEPT_MS;
    let gone = 0;
    while (gone < this.recent.length && (this.recent[gone]!.at < before || this.size > MOST_KEPT)) {
      this.size -= this.recent[gone]!.event.text.length;
      this.from = this.recent[gone]!.event.n;
      gone += 1;
    }
    if (gone === 0) return;
    this.recent.splice(0, gone);
    this.last = undefined;
  }
}

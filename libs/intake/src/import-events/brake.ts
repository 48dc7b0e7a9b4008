/** How far the readers of the log are behind it. */
export interface Lag {
  /** Age of the oldest fact that one of them has not applied. */
  readonly seconds: number;
  /** Of the reader that is furthest behind; rises while it works. */
  readonly position: number;
  /** Facts that it has not applied, at most. */
  readonly behind: number;
}

/** What the brake works with: who knows the lag, a clock, and a way to wait. Times in milliseconds. */
export interface BrakeParts {
  readonly lag: () => Promise<Lag>;
  readonly now: () => number;
  readonly sleep: (ms: number) => Promise<void>;
}

const MOST_LAG_SECONDS = 0.1;
const MOST_BEHIND = 500;
const LOOK_MS = 50;
const STALLED_MS = 10_000;
const MOST_MS = 60_000;

/**
 * Holds an import back between two batches while a reader of the log lags more than 100 ms, so that other tenants' facts, which queue up behind it, stay
 * visible quickly; it goes on when little is left, so that readers need not stand still for the next batch. No wait is longer than a minute. Where readers do not move for 10 s nobody is waited for until they do.
 */
export function brake({ lag, now, sleep }: BrakeParts): () => Promise<void> {
  let looked = -Infinity;
  let stalledAt = -Infinity;
  return async () => {
    if (now() - looked < LOOK_MS) return;
    const began = now();
    let moved = { to: -Infinity, at: began };
    for (;; await sleep(LOOK_MS)) {
      const { seconds, position, behind } = await lag();
      looked = now();
      if (seconds <= MOST_LAG_SECONDS || behind <= MOST_BEHIND || position === stalledAt || looked - began >= MOST_MS) return;
      if (position > moved.to) moved = { to: position, at: looked };
      if (looked - moved.at < STALLED_MS) continue;
      stalledAt = position;
      return;
    }
  };
}

/** What is waited after each attempt, as Standard Webhooks proposes; the last of them again and again, until the end. */
const PAUSES_MS = [5_000, 300_000, 1_800_000, 7_200_000, 18_000_000, 36_000_000, 50_400_000, 72_000_000] as const;
const DAY_MS = 86_400_000;
const GIVE_UP_MS = 3 * DAY_MS;
const JITTER = 0.1;

/** So many failures in a row, and an endpoint is taken to be down. */
export const DOWN_AFTER = 10;
const [FIRST_REST_MS, LONGEST_REST_MS] = [60_000, 3_600_000];

export interface Attempted {
  /** So many were made. */
  readonly attempts: number;
  /** When the first was made. */
  readonly firstAt: Date;
  readonly now: Date;
  /** What the receiver asked for. */
  readonly retryAfterMs: number | null;
  /** From 0 to 1, drawn anew each time, so that what failed together does not come again together. */
  readonly chance: number;
}

/** When to try again; null: given up, three days after it was first tried. The last attempt is made when these are over. */
export function nextAttempt({ attempts, firstAt, now, retryAfterMs, chance }: Attempted): Date | null {
  const end = firstAt.getTime() + GIVE_UP_MS;
  if (now.getTime() >= end) return null;
  const pause = jittered(PAUSES_MS[Math.min(attempts, PAUSES_MS.length) - 1]!, chance);
  return new Date(Math.min(end, now.getTime() + Math.max(pause, boundedWait(retryAfterMs))));
}

/** For how long nothing but a trial is sent to an endpoint that has failed so often in a row; 0: all is sent. */
export function restMs(failures: number, retryAfterMs: number | null, chance: number): number {
  const rest = failures < DOWN_AFTER ? 0 : jittered(Math.min(FIRST_REST_MS * 2 ** Math.min(failures - DOWN_AFTER, 10), LONGEST_REST_MS), chance);
  return Math.max(rest, boundedWait(retryAfterMs));
}

/** A receiver may ask for a day at most. */
const boundedWait = (ms: number | null): number => Math.min(ms ?? 0, DAY_MS);

const jittered = (ms: number, chance: number): number => Math.round(ms * (1 - JITTER + 2 * JITTER * chance));

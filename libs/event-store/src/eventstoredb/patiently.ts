import { setTimeout as sleep } from 'node:timers/promises';

const ATTEMPTS = 6;
const PAUSE_MS = 50;
/** A read has no deadline with the client, and waits for ever for a server that says nothing. */
const LONGEST_MS = 15_000;

/** Errors after which nobody knows whether it was done, or which pass: the server is away, elects a leader, or is slow. */
const PASSING = new Set(['unavailable', 'cancelled', 'deadline-exceeded', 'timeout', 'not-leader', 'unknown']);

const BROKEN = 13;

class NoAnswer extends Error {
  readonly type = 'timeout';
  constructor() {
    super(`EventStoreDB has not answered for ${LONGEST_MS / 1_000} s.`);
  }
}

/** Tries again, with growing pauses, what may be done twice, until the signal aborts. */
export async function patiently<T>(work: () => Promise<T>, signal: AbortSignal): Promise<T> {
  for (let attempt = 1; ; attempt++) {
    const ended = new AbortController();
    const late = sleep(LONGEST_MS, undefined, { signal: ended.signal, ref: false }).then(() => { throw new NoAnswer(); });
    late.catch(() => undefined);
    try {
      return await Promise.race([work(), late]);
    } catch (error) {
      if (attempt === ATTEMPTS || signal.aborted || !isPassing(error)) throw error;
      await sleep(PAUSE_MS * 2 ** attempt, undefined, { signal });
    } finally {
      ended.abort();
    }
  }
}

/** Whether an error says nothing about what was asked, but only that there was no answer. A connection that breaks has no type, but a status (INTERNAL). */
function isPassing(error: unknown): boolean {
  const { type, code } = error as { type?: string; code?: unknown };
  return type === undefined ? code === BROKEN : PASSING.has(type);
}

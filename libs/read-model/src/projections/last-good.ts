import type { JourneyEvent } from '#journey';

/**
 * Finds where a customer's story stops being computable: the facts before the bad one, and that fact. Searched by halves, so that
 * the fact found fails on top of facts that do not. `compute` throws when it cannot do with these facts; it is known to throw with all of them.
 */
export function lastGood<E extends JourneyEvent>(stream: readonly E[], compute: (facts: readonly E[]) => void): { good: readonly E[]; bad: E | undefined; error: unknown } {
  let [works, fails] = [0, stream.length];
  let error: unknown;
  while (fails - works > 1) {
    const middle = Math.floor((works + fails) / 2);
    try {
      compute(stream.slice(0, middle));
      works = middle;
    } catch (failure) {
      fails = middle;
      error = failure;
    }
  }
  return { good: stream.slice(0, works), bad: stream[fails - 1], error };
}

import type { Progress, Steps } from '#insight';

const WORK_MS = 25;
const SAY_MS = 250;

/** To be awaited between two pieces of work: lets others have the process now and then. @throws the reason of an aborted signal */
export function breather(signal?: AbortSignal): () => Promise<void> {
  let since = performance.now();
  return async () => {
    if (performance.now() - since < WORK_MS) return;
    await new Promise((wake) => setImmediate(wake));
    signal?.throwIfAborted();
    since = performance.now();
  };
}

/** True no more often than people read. */
export function sayNowAndThen(): () => boolean {
  let said = -Infinity;
  return () => {
    const now = performance.now();
    if (now - said < SAY_MS) return false;
    said = now;
    return true;
  };
}

/** Runs a long computation to its end, letting others have the process in between, and says now and then how far it is. @throws the reason of an aborted signal */
export async function* breathing<T>(steps: Steps<T>, signal: AbortSignal): AsyncGenerator<Progress, T, void> {
  const breathe = breather(signal);
  const isTime = sayNowAndThen();
  for (let step = steps.next(); ; step = steps.next()) {
    if (step.done) return step.value;
    await breathe();
    if (isTime()) yield step.value;
  }
}

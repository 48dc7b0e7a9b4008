import { setImmediate } from 'node:timers/promises';
import type { Progress, Steps } from '../../../../libs/insight/src/churn/models/steps.js';

/** Runs a long computation to its end, tells how far it is twice a second, and lets others have their turn in between. */
export async function shown<T>(steps: Steps<T> | AsyncGenerator<Progress, T, void>, tell: (progress: Progress) => void): Promise<T> {
  let told = performance.now();
  for (;;) {
    const { done, value } = await steps.next();
    if (done) return value;
    if (performance.now() - told < 500) continue;
    told = performance.now();
    tell(value);
    await setImmediate();
  }
}

/** On a terminal over the line before; elsewhere a line for every tenth. */
export function progressOf(what: string): (progress: Progress) => void {
  let last = '';
  return ({ of, done, all }) => {
    const tenth = `${what}: ${of}, ${Math.floor((10 * done) / all) * 10} %`;
    if (process.stdout.isTTY) process.stdout.write(`\r\u001B[K${what}: ${of}, ${done.toLocaleString('en')} of ${all.toLocaleString('en')}`);
    else if (tenth !== last) console.log(tenth);
    last = tenth;
  };
}

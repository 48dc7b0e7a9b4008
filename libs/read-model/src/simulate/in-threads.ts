import { extname } from 'node:path';
import { Worker } from 'node:worker_threads';
import type { ThreadSays, ThreadTask } from './thread.js';

const HEARTBEAT_MS = 1_000;

/** `./thread` as this file is: compiled, or as it is written. A thread of the latter starts with the flags that read such files. */
const KIND = extname(import.meta.url);
const FILE = new URL(`./thread${KIND}`, import.meta.url);
const FLAGS = KIND === '.ts' ? { execArgv: process.execArgv } : {};

/**
 * Runs each task in a thread of its own; says what each of them has said last, at least once a second, until all have counted. Every thread has ended when this has,
 * whether it came to its end, was left early, or failed. @throws what a thread throws, and the reason of an aborted signal
 */
export async function* inThreads(tasks: readonly ThreadTask[], signal: AbortSignal): AsyncGenerator<readonly ThreadSays[], void, void> {
  const said: ThreadSays[] = tasks.map(() => ({ done: 0, all: 0 }));
  let failure: { readonly error: unknown } | undefined;
  let [isNews, wake] = [false, (): void => undefined];
  const tell = (): void => {
    isNews = true;
    wake();
  };
  const fail = (error: unknown): void => {
    failure ??= { error };
    tell();
  };
  const threads = tasks.map((task, place) => new Worker(FILE, { workerData: task, ...FLAGS })
    .on('message', (words: ThreadSays) => {
      said[place] = words;
      tell();
    })
    .on('error', fail)
    .on('exit', () => said[place]!.counted === undefined && fail(new Error('A thread has ended before it was done'))));
  const stop = (): void => fail(signal.reason);
  signal.addEventListener('abort', stop);
  try {
    if (signal.aborted) stop();
    for (;;) {
      if (!isNews) await within(HEARTBEAT_MS, (come) => void (wake = come));
      isNews = false;
      if (failure) throw failure.error;
      yield [...said];
      if (said.every(({ counted }) => counted)) return;
    }
  } finally {
    signal.removeEventListener('abort', stop);
    await Promise.all(threads.map((thread) => thread.terminate()));
  }
}

function within(ms: number, begin: (come: () => void) => void): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(resolve, ms);
    begin(() => {
      clearTimeout(timer);
      resolve();
    });
  });
}

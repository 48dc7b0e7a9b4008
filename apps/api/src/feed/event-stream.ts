import type { ServerResponse } from 'node:http';
import type { FeedReader } from '#outbound';

const BEAT_MS = 15_000;
/** How often a stream asks whether its key is still good. */
const CHECK_MS = 2_000;
/** A reader who takes nothing for so long is gone. */
const DEAD_MS = 60_000;

export interface StreamWanted {
  readonly signal: AbortSignal;
  /** Milliseconds after which who is cut off comes again. */
  readonly retryMs: number;
  /** Whether the reader may still read. */
  readonly mayGoOn: () => Promise<boolean>;
}

/**
 * Writes server-sent events until the signal aborts or the reader may not go on. Asks for more only when the socket has taken what it was given,
 * so of a slow reader no more than one stretch is in memory.
 */
export async function writeStream(reader: FeedReader, response: ServerResponse, { signal, retryMs, mayGoOn }: StreamWanted): Promise<void> {
  let [beatAt, checkAt] = [performance.now() + BEAT_MS, performance.now() + CHECK_MS];
  const write = async (text: string | Buffer): Promise<void> => {
    const taken = response.write(text);
    beatAt = performance.now() + BEAT_MS;
    if (!taken) await drained(response, signal);
  };
  await write(`retry: ${retryMs}\n\nid: ${reader.position}\n\n`);
  while (!signal.aborted) {
    const stretch = await reader.next({ until: Math.min(beatAt, checkAt), signal });
    const now = performance.now();
    if (now >= checkAt) {
      if (!await mayGoOn()) return;
      checkAt = performance.now() + CHECK_MS;
    }
    if (signal.aborted) return;
    if (stretch.events.length > 0) await write(stretch.frames);
    // An id by itself moves the place from which the reader would come again.
    else if (now >= beatAt) await write(`: still here\n\nid: ${reader.position}\n\n`);
  }
}

/** Until the socket has taken all that was written. */
function drained(response: ServerResponse, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const done = () => {
      clearTimeout(timer);
      response.off('drain', done);
      signal.removeEventListener('abort', done);
      resolve();
    };
    const timer = setTimeout(() => { response.destroy(); done(); }, DEAD_MS);
    response.once('drain', done);
    signal.addEventListener('abort', done, { once: true });
    if (signal.aborted) done();
  });
}

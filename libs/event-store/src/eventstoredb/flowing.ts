import type { Readable } from 'node:stream';

/**
 * What comes from the server, until its end or until nobody wants more of it. Then the call is cancelled, and what is left is let run out: left as it is, as an iteration
 * of the client's streams leaves it, the call would stay with the client for ever, and `dispose` would wait for it.
 */
export async function* flowing<T>(stream: Readable, cancel: () => Promise<void>): AsyncGenerator<T> {
  let ended = false;
  try {
    yield* stream.iterator({ destroyOnReturn: false }) as AsyncIterable<T>;
    ended = true;
  } finally {
    if (!ended) {
      stream.on('error', () => undefined).resume();
      await cancel().catch(() => undefined);
    }
  }
}

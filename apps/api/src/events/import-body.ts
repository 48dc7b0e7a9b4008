import { PassThrough, type Readable } from 'node:stream';
import { createGunzip } from 'node:zlib';

/** Why a body ended before its end: the sender went away or packed it wrongly, or we are told to stop. */
export class BodyBrokeOff extends Error {
  override readonly name = 'BodyBrokeOff';
  constructor(readonly why: 'broken' | 'stopping') {
    super(why);
  }
}

/** The bytes of a body, unpacked, as they come. @throws BodyBrokeOff after the last of them when it is not whole */
export async function* bytesOf(body: Readable, packed: boolean, stop: AbortSignal): AsyncGenerator<Buffer> {
  const bytes = packed ? createGunzip() : new PassThrough();
  let why: BodyBrokeOff['why'] | undefined;
  const cut = (cause: BodyBrokeOff['why']) => {
    if (body.readableEnded) return;
    why ??= cause;
    body.unpipe(bytes);
    bytes.end();
  };
  const onError = () => cut('broken');
  const onStop = () => cut('stopping');
  body.on('error', onError).once('close', onError);
  stop.addEventListener('abort', onStop, { once: true });
  try {
    body.pipe(bytes);
    if (stop.aborted) onStop();
    yield* bytes as AsyncIterable<Buffer>;
  } catch {
    why ??= 'broken';
  } finally {
    stop.removeEventListener('abort', onStop);
    bytes.destroy();
  }
  if (why) throw new BodyBrokeOff(why);
}

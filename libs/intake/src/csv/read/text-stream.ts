import { createGunzip } from 'node:zlib';
import { Readable } from 'node:stream';
import { FileError } from '../mapping/mapping-error.js';

type Chunks = AsyncIterable<Buffer>;

/** The text of a file, unpacked when its content is gzip, decoded strictly, without a byte order mark. */
export async function* textOfFile(bytes: Chunks, encoding: string): AsyncGenerator<string> {
  const decoder = new TextDecoder(encoding === 'utf-16' ? 'utf-16le' : encoding, { fatal: true });
  let offset = 0;
  let text = '';
  for await (const chunk of await unpacked(bytes)) {
    text = decode(() => decoder.decode(chunk, { stream: true }), encoding, offset);
    offset += chunk.length;
    if (text !== '') yield text;
  }
  text = decode(() => decoder.decode(), encoding, offset);
  if (text !== '') yield text;
}

function decode(read: () => string, encoding: string, offset: number): string {
  let text: string;
  try {
    text = read();
  } catch {
    throw new FileError(`The file is not ${encoding} (after byte ${offset}). Say \`file: {encoding: latin1}\`, or what it is.`);
  }
  if (text.includes('\0')) throw new FileError('The file holds NUL characters: it is not text, or it is UTF-16 (then say `file: {encoding: utf-16}`).');
  return text;
}

/** The content of a file, unpacked when it is gzip. @throws FileError for an archive */
export async function unpacked(bytes: Chunks): Promise<Chunks> {
  const iterator = bytes[Symbol.asyncIterator]();
  let head: Buffer = Buffer.alloc(0);
  while (head.length < 4) {
    const { value, done } = await iterator.next();
    if (done) break;
    head = Buffer.concat([head, value]);
  }
  const whole = rejoin(head, iterator);
  if (head[0] === 0x50 && head[1] === 0x4b && head[2] === 3 && head[3] === 4) throw new FileError('The file is a zip archive or a workbook: unpack it, or save the sheet as CSV, first.');
  return head[0] === 0x1f && head[1] === 0x8b ? gunzip(whole) : whole;
}

async function* rejoin(head: Buffer, rest: AsyncIterator<Buffer>): AsyncGenerator<Buffer> {
  try {
    if (head.length > 0) yield head;
    for (let next = await rest.next(); !next.done; next = await rest.next()) yield next.value;
  } finally {
    await rest.return?.();
  }
}

async function* gunzip(bytes: Chunks): AsyncGenerator<Buffer> {
  const source = Readable.from(bytes, { objectMode: false });
  const unzip = createGunzip();
  source.on('error', (error) => unzip.destroy(error));
  try {
    yield* source.pipe(unzip) as AsyncIterable<Buffer>;
  } catch (error) {
    if (!String((error as { code?: string }).code ?? '').startsWith('Z_')) throw error;
    throw new FileError(`The gzip file is damaged or cut off: ${(error as Error).message}.`);
  } finally {
    unzip.destroy();
    source.destroy();
  }
}

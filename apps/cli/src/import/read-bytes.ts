import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { CliError } from '../terminal.js';

export interface CountedBytes {
  readonly chunks: AsyncIterable<Buffer>;
  readonly total: number;
  readonly read: () => number;
}

/** @throws CliError when the file cannot be read */
export async function readBytes(path: string): Promise<CountedBytes> {
  const stats = await stat(path).catch((error: NodeJS.ErrnoException) => {
    throw new CliError(error.code === 'ENOENT' ? `There is no file ${path}.` : `${path} cannot be read: ${error.message}`);
  });
  if (stats.isDirectory()) throw new CliError(`${path} is a folder; name one file.`);
  let read = 0;
  const chunks = async function* (): AsyncGenerator<Buffer> {
    for await (const chunk of createReadStream(path, { highWaterMark: 256 * 1024 }) as AsyncIterable<Buffer>) {
      read += chunk.length;
      yield chunk;
    }
  };
  return { chunks: chunks(), total: stats.size, read: () => read };
}

/** SHA-256 over the content of files and further texts, in hex. */
export async function fingerprintOf(paths: readonly string[], texts: readonly string[]): Promise<string> {
  const hash = createHash('sha256');
  for (const path of paths) {
    for await (const chunk of (await readBytes(path)).chunks) hash.update(chunk);
    hash.update('\0');
  }
  for (const text of texts) hash.update(text).update('\0');
  return hash.digest('hex');
}

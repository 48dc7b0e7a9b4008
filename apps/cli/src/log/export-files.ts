import { createReadStream, readFileSync } from 'node:fs';
import { open } from 'node:fs/promises';
import { join } from 'node:path';
import type { SignedManifest } from '#event-store';
import { CliError } from '../terminal.js';

/** What an export consists of. `unfinished` is there as long as it is not whole. */
export const filesIn = (folder: string) => ({ log: join(folder, 'log.ndjson'), manifest: join(folder, 'manifest.json'), unfinished: join(folder, 'unfinished.json') });

/** JSON from a file; undefined where there is none. @throws CliError for what cannot be read */
export function jsonIn<T>(path: string): T | undefined {
  try {
    return JSON.parse(readFileSync(path, 'utf8')) as T;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw new CliError(`${path} cannot be read: ${(error as Error).message}`);
  }
}

/** @throws CliError where there is none */
export function manifestIn(folder: string): SignedManifest {
  const { manifest, unfinished } = filesIn(folder);
  const signed = jsonIn<SignedManifest>(manifest);
  if (signed?.manifest) return signed;
  throw new CliError(jsonIn(unfinished) === undefined ? `${manifest} is no manifest of an export, or is not there.` : `The export in ${folder} is not finished. Run again: npx touchline log export --to ${folder}`);
}

/** The bytes of a file. @throws CliError for one that is not there or cannot be read */
export async function* bytesOf(path: string): AsyncGenerator<Buffer> {
  try {
    yield* createReadStream(path, { highWaterMark: 1 << 20 }) as AsyncIterable<Buffer>;
  } catch (error) {
    throw new CliError(`${path} cannot be read: ${(error as Error).message}`);
  }
}

const BACK = 1 << 16;

/** Cuts off what stands behind the last whole line of a file. @returns that line; null where there is none */
export async function cutToWholeLines(path: string): Promise<string | null> {
  const file = await open(path, 'r+').catch((error: NodeJS.ErrnoException) => { if (error.code === 'ENOENT') return null; throw error; });
  if (!file) return null;
  try {
    let tail = Buffer.alloc(0);
    // Back to the end of the last whole line and to the end of the one before.
    for (let start = (await file.stat()).size; ;) {
      const from = Math.max(0, start - BACK);
      tail = Buffer.concat([(await file.read(Buffer.alloc(start - from), 0, start - from, from)).buffer, tail]);
      start = from;
      const end = tail.lastIndexOf(10);
      const before = end < 1 ? -1 : tail.lastIndexOf(10, end - 1);
      if (before < 0 && start > 0) continue;
      await file.truncate(start + end + 1);
      return end < 0 ? null : tail.subarray(before + 1, end).toString('utf8');
    }
  } finally {
    await file.close();
  }
}

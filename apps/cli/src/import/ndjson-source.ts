import { basename } from 'node:path';
import type { Readable } from 'node:stream';
import { unpacked } from '#intake';
import { fingerprintOf, readBytes } from './read-bytes.js';
import type { Source, SourceRow } from './sent-row.js';

// Longer than any line that the API takes, so that it is the API that refuses it.
const LONGEST_LINE = 256 * 1024;

/** Events that are NDJSON already: every line goes to the API as it stands, blank ones left out. `-` is standard input. `withIds` reads the ids, for who wants to know what became of each. */
export async function ndjsonSource(file: string, stdin: Readable, withIds: boolean): Promise<Source> {
  if (file === '-') return { name: 'standard input', warnings: [], rows: linesOf(stdin as AsyncIterable<Buffer>, withIds) };
  const { chunks, ...bytes } = await readBytes(file);
  return { name: basename(file), fingerprint: await fingerprintOf([file], []), warnings: [], rows: linesOf(chunks, withIds), bytes };
}

async function* linesOf(bytes: AsyncIterable<Buffer>, withIds: boolean): AsyncGenerator<SourceRow> {
  // As latin1 every byte survives: what is not UTF-8 is for the API to refuse.
  let rest = '';
  let line = 0;
  let row = 0;
  const rowOf = (text: string): SourceRow | undefined => {
    line += 1;
    if (text.trim() === '') return undefined;
    row += 1;
    const event = Buffer.from(text.replace(/\r$/, ''), 'latin1');
    return { row, line, events: [event], ids: withIds ? idsIn(event) : [] };
  };
  for await (const chunk of await unpacked(bytes)) {
    const lines = (rest + chunk.toString('latin1')).split('\n');
    // What is cut off a line that is too long anyway need not be kept.
    rest = lines.pop()!.slice(0, LONGEST_LINE);
    for (const text of lines) {
      const found = rowOf(text);
      if (found) yield found;
    }
  }
  const last = rowOf(rest);
  if (last) yield last;
}

/** None where the API will say that the line cannot be read. */
function idsIn(event: Buffer): string[] {
  try {
    const { id } = JSON.parse(event.toString('utf8')) as { id?: unknown };
    return typeof id === 'string' ? [id] : [];
  } catch {
    return [];
  }
}

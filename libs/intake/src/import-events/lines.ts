/** One line of a stream, numbered from 1, or the word that it could not be read. Blank lines are counted and left out. */
export type Line =
  | { readonly line: number; readonly text: string }
  | { readonly line: number; readonly flaw: 'too-long' | 'not-utf8' };

const LF = 0x0a;
const CR = 0x0d;

/**
 * Splits a stream of bytes or text into lines, in memory bound by `maxBytes` and the size of a chunk. Takes LF and CRLF, a byte
 * order mark, and a last line without an end. Lines come in groups, one per chunk, because a step of the stream costs more than a line.
 */
export async function* splitLines(chunks: AsyncIterable<Buffer | string>, maxBytes: number): AsyncGenerator<Line[]> {
  let line = 0;
  let rest: Buffer[] = [];
  let length = 0;
  let skipping = false;
  const keep = (part: Buffer) => {
    length += part.length;
    // A byte more than the line may have is room for its CR. Copied, because the chunk belongs to the stream.
    if (length > maxBytes + 1) [skipping, rest] = [true, []];
    else rest.push(Buffer.from(part));
  };
  const end = (found: Line[], part: Buffer) => {
    line += 1;
    const next = skipping ? { line, flaw: 'too-long' as const } : lineOf(line, rest.length === 0 ? part : Buffer.concat([...rest, part]), maxBytes);
    [rest, length, skipping] = [[], 0, false];
    if (next) found.push(next);
  };
  for await (const chunk of chunks) {
    const bytes = typeof chunk === 'string' ? Buffer.from(chunk) : chunk;
    const found: Line[] = [];
    let start = 0;
    for (let stop = bytes.indexOf(LF); stop !== -1; stop = bytes.indexOf(LF, start)) {
      end(found, bytes.subarray(start, stop));
      start = stop + 1;
    }
    if (start < bytes.length) keep(bytes.subarray(start));
    if (found.length > 0) yield found;
  }
  const last: Line[] = [];
  if (length > 0) end(last, Buffer.alloc(0));
  if (last.length > 0) yield last;
}

const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

function lineOf(line: number, raw: Buffer, maxBytes: number): Line | undefined {
  const bytes = raw.at(-1) === CR ? raw.subarray(0, -1) : raw;
  if (bytes.length > maxBytes) return { line, flaw: 'too-long' };
  try {
    const decoded = decoder.decode(bytes);
    const text = line === 1 && decoded.startsWith('\uFEFF') ? decoded.slice(1) : decoded;
    return text.trim() === '' ? undefined : { line, text };
  } catch {
    return { line, flaw: 'not-utf8' };
  }
}

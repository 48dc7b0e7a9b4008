import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { type Line, splitLines } from './lines.js';

async function* chunked(bytes: Buffer, sizes: readonly number[]): AsyncGenerator<Buffer> {
  for (let start = 0, turn = 0; start < bytes.length; turn++) {
    const size = sizes[turn % sizes.length]!;
    yield bytes.subarray(start, start + size);
    start += size;
  }
}
async function linesOf(text: string | Buffer, sizes: readonly number[] = [7], maxBytes = 20): Promise<Line[]> {
  const found: Line[] = [];
  for await (const group of splitLines(chunked(Buffer.from(text as string), sizes), maxBytes)) found.push(...group);
  return found;
}

describe('The lines of a stream', () => {
  it('come with their numbers, without blank ones, byte order mark and CR', async () => {
    expect(await linesOf('\uFEFFone\r\n\r\n  \ntwo\nthree')).toEqual([{ line: 1, text: 'one' }, { line: 4, text: 'two' }, { line: 5, text: 'three' }]);
  });

  it('are skipped and reported when too long, and the rest goes on', async () => {
    expect(await linesOf(`${'x'.repeat(21)}\nok\n${'y'.repeat(100_000)}\n${'z'.repeat(20)}\r\n${'q'.repeat(500)}`)).toEqual([
      { line: 1, flaw: 'too-long' }, { line: 2, text: 'ok' }, { line: 3, flaw: 'too-long' }, { line: 4, text: 'z'.repeat(20) }, { line: 5, flaw: 'too-long' },
    ]);
  });

  it('are not kept in memory once they are too long', async () => {
    const chunk = Buffer.alloc(1 << 20, 'x');
    async function* endless(): AsyncGenerator<Buffer> {
      for (let megabytes = 0; megabytes < 200; megabytes++) yield chunk;
    }
    const before = process.memoryUsage().arrayBuffers;
    for await (const group of splitLines(endless(), 64 * 1024)) expect(group).toEqual([{ line: 1, flaw: 'too-long' }]);
    expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(50 << 20);
  });

  it('are reported when they are not UTF-8', async () => {
    expect(await linesOf(Buffer.from([0x61, 0xff, 0x0a, 0x62]))).toEqual([{ line: 1, flaw: 'not-utf8' }, { line: 2, text: 'b' }]);
  });

  it('are the same however the stream is cut', async () => {
    await fc.assert(fc.asyncProperty(fc.array(fc.string({ unit: 'grapheme', maxLength: 8 }).map((text) => text.replaceAll(/[\r\n\uFEFF]/g, '.')), { minLength: 1 }), fc.array(fc.integer({ min: 1, max: 9 }), { minLength: 1 }), async (texts, sizes) => {
      const expected = texts.flatMap((text, index): Line[] => {
        if (Buffer.byteLength(text) > 20) return [{ line: index + 1, flaw: 'too-long' }];
        return text.trim() === '' ? [] : [{ line: index + 1, text }];
      });
      expect(await linesOf(texts.join('\n'), sizes)).toEqual(expected);
    }));
  });
});

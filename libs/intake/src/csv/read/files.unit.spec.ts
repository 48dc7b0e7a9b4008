import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { gzipSync } from 'node:zlib';
import { bytesOf, mapText, openText } from '../testing.js';
import { recordsOf } from './records.js';

const mapping = (file = '{}') => `mapping: 1\nsource: t\nzone: UTC\ncustomer: c\ntime: 2020-01-01\nfile: ${file}\nevents: [{type: x-t.row, data: {a: {column: a}, b: {column: b}}}]`;
const read = async (content: string | Buffer, file?: string, piece?: number) =>
  (await mapText(mapping(file), content, { piece })).map((row) => ('events' in row ? row.events[0]!.data : 'problem' in row ? row.problem.message : row.dropped));

describe('Reading a table', () => {
  it('splits by the delimiter stated, with quotes, comments and lines to skip', async () => {
    expect(await read('a,b\n"x, ""y""","two\nlines"\n')).toEqual([{ a: 'x, "y"', b: 'two\nlines' }]);
    expect(await read('a;b\n1;2', '{delimiter: ";"}')).toEqual([{ a: '1', b: '2' }]);
    expect(await read('a\tb\n1\t2', '{delimiter: tab}')).toEqual([{ a: '1', b: '2' }]);
    expect(await read("a,b\n'1,2',x", "{quote: \"'\"}")).toEqual([{ a: '1,2', b: 'x' }]);
    expect(await read('a,b\n5" disk,"x', '{quote: none}')).toEqual([{ a: '5" disk', b: '"x' }]);
    expect(await read('exported today\n\na,b\n# nothing\n1, 2 ', '{skipLines: 1, comment: "#"}')).toEqual([{ a: '1', b: '2' }]);
    expect(await read('a,b\n1, 2 ', '{trim: false}')).toEqual([{ a: '1', b: ' 2 ' }]);
    expect(await read('a,b\n5" disk,x')).toEqual([{ a: '5" disk', b: 'x' }]);
  });

  it('reads columns lined up with blanks, with or without a header', async () => {
    expect(await read('  a    b \r\n\r\n 0001   x\r\n', '{delimiter: whitespace}', 3)).toEqual([{ a: '0001', b: 'x' }]);
    expect(await read('1 2', '{delimiter: whitespace, header: false, columns: [a, b]}')).toEqual([{ a: '1', b: '2' }]);
    expect(await read('first,second\n1,2', '{columns: [a, b]}')).toEqual([{ a: '1', b: '2' }]);
  });

  it('takes tokens for nothing', async () => {
    expect(await read('a,b\n?,NULL\n,1', '{missing: ["?", "NULL"]}')).toEqual([{}, { b: '1' }]);
  });

  it('unpacks gzip by its content and decodes what is stated, in pieces of any size', async () => {
    const text = 'a,b\nGrüße,Søren\n';
    expect(await read(gzipSync(text), undefined, 5)).toEqual([{ a: 'Grüße', b: 'Søren' }]);
    expect(await read(Buffer.from(text, 'latin1'), '{encoding: latin1}', 1)).toEqual([{ a: 'Grüße', b: 'Søren' }]);
    expect(await read(Buffer.from(`\ufeff${text}`, 'utf16le'), '{encoding: utf-16}', 3)).toEqual([{ a: 'Grüße', b: 'Søren' }]);
    expect(await read(`\ufeff${text}`, undefined, 1)).toEqual([{ a: 'Grüße', b: 'Søren' }]);
  });

  it('tells of a row with the wrong number of cells and goes on', async () => {
    expect(await read('a,b\n1\n1,2\n1,2,3')).toEqual([expect.stringMatching(/has 1 cell, the header has 2/), { a: '1', b: '2' }, expect.stringMatching(/has 3 cells/)]);
  });

  it('names the line on which a row starts', async () => {
    const rows = await mapText(mapping(), 'a,b\n"x\ny",1\n\n\n2,3\n4,5');
    expect(rows.map(({ row, line }) => [row, line])).toEqual([[1, 2], [2, 6], [3, 7]]);
  });

  it('survives any text, quoted the usual way', async () => {
    const cell = fc.string({ unit: 'grapheme', maxLength: 12 }).map((text) => text.replace(/\0/g, ''));
    const quoted = (text: string) => `"${text.replaceAll('"', '""')}"`;
    await fc.assert(fc.asyncProperty(fc.array(fc.tuple(cell, cell), { minLength: 1, maxLength: 8 }), fc.integer({ min: 1, max: 9 }), async (table, piece) => {
      const content = table.map((row) => row.map(quoted).join(',')).join('\n');
      const records: (readonly string[])[] = [];
      for await (const { cells } of recordsOf(bytesOf(`h,i\n${content}`, piece), { trim: false })) records.push(cells);
      expect(records.slice(1)).toEqual(table);
    }), { numRuns: 60 });
  });
});

describe('A table that cannot be read', () => {
  const messageOf = async (content: string | Buffer, file?: string) => read(content, file).then(() => 'no failure', (error: Error) => error.message);

  it('is refused with what to do', async () => {
    expect(await messageOf('')).toMatch(/file is empty/);
    expect(await messageOf('a,a\n1,2')).toMatch(/Two columns are called "a"/);
    expect(await messageOf('1,2', '{header: false}')).toMatch(/has no header/);
    expect(await messageOf('a,b\n', '{columns: [a]}')).toMatch(/has 2 columns, `columns` names 1/);
    expect(await messageOf(Buffer.from('a,b\nGrüße,1', 'latin1'))).toMatch(/not utf-8.*encoding: latin1/);
    expect(await messageOf(Buffer.from('PK\x03\x04rest'))).toMatch(/zip archive or a workbook/);
    expect(await messageOf(Buffer.from('a,b\n1,2', 'utf16le'))).toMatch(/encoding: utf-16/);
    expect(await messageOf('a;b\n1;2')).toMatch(/only one, "a;b"\. Is the delimiter ";"\?/);
  });

  const before = async (content: Buffer | string) => {
    const { rows } = await openText(mapping(), content);
    let last = 0;
    try {
      for await (const { row } of rows) last = row;
    } catch (error) {
      return [last, (error as Error).message];
    }
    return [last, ''];
  };

  it('hands out the good rows before the place where it breaks', async () => {
    const lines = Array.from({ length: 500 }, (_, index) => `${index},${'x'.repeat(index % 7)}`).join('\n');
    expect(await before(`a,b\n${lines}\n7,"open\n${lines}`)).toEqual([500, expect.stringMatching(/^Line 502: A quote is opened/)]);
    const cut = gzipSync(`a,b\n${Array.from({ length: 20_000 }, () => `${Math.floor(Math.random() * 1e9)},y`).join('\n')}`);
    const [rows, message] = await before(cut.subarray(0, cut.length / 2));
    expect(message).toMatch(/gzip file is damaged or cut off/);
    expect(rows).toBeGreaterThan(8_000);
  });
});

import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { openApiDocument } from './document.js';

const rows = readFileSync(new URL('../../NEEDS.md', import.meta.url), 'utf8').split('\n').filter((line) => /^\| \d/.test(line)).map((line) => {
  const [number, need, route, test] = line.split('|').slice(1, -1).map((cell) => cell.trim());
  return { number: Number(number), need: need!, route: route!, test: test! };
});
const bare = (cell: string) => cell.replaceAll('`', '');

describe('The table of needs', () => {
  it('has all 52, each once and in order', () => {
    expect(rows.map(({ number }) => number)).toEqual(Array.from({ length: 52 }, (_, index) => index + 1));
  });

  it.each(rows)('$number, $need: names a route and a test that are there, or why it was not built', ({ route, test }) => {
    if (route.startsWith('not built, because ')) return expect(test).toBe('');
    const [method, path] = bare(route).split(' ') as [string, string];
    const { paths } = openApiDocument() as { paths: Record<string, Record<string, unknown>> };
    expect({ route, isThere: paths[path]?.[method.toLowerCase()] !== undefined }).toEqual({ route, isThere: true });
    expect({ test, isThere: /\.spec\.ts$/.test(bare(test)) && existsSync(bare(test)) }).toEqual({ test, isThere: true });
  });
});

import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path/posix';
import { describe, expect, it } from '@jest/globals';
import { HOUSE_RULES, MAY_IMPORT } from './support/architecture/house-rules.js';
import { parseSource } from './support/architecture/source.js';

const sources = ['apps', 'libs', 'infra']
  .flatMap((folder) => readdirSync(folder, { recursive: true, encoding: 'utf8' }).map((name) => join(folder, name.replaceAll('\\', '/'))))
  .filter((path) => path.endsWith('.ts') && !/\.(spec|suite)\.ts$|\/testing\//.test(path))
  .map((path) => parseSource(path, readFileSync(path, 'utf8')));

describe('The house', () => {
  it('was looked at as a whole', () => {
    expect(new Set(sources.map(({ room }) => room))).toEqual(new Set(Object.keys(MAY_IMPORT)));
  });

  it.each(Object.entries(HOUSE_RULES))('keeps its rule: %s', (_title, rule) => {
    expect(sources.flatMap(rule)).toEqual([]);
  });
});

import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path/posix';
import { describe, expect, it } from '@jest/globals';
import { HOUSE_RULES, MAY_IMPORT } from './support/architecture/house-rules.js';
import { type LintBlock, lintBlocks } from './support/architecture/lint-blocks.js';
import { parseSource } from './support/architecture/source.js';
import { unusedExports, unusedThroughDoors } from './support/architecture/unused-exports.js';

const files = ['apps', 'libs', 'infra', 'test']
  .flatMap((folder) => readdirSync(folder, { recursive: true, encoding: 'utf8' }).map((name) => join(folder, name.replaceAll('\\', '/'))))
  .filter((path) => /\.m?[jt]s$/.test(path))
  .map((path) => ({ path, text: readFileSync(path, 'utf8') }));
const sources = files.filter(({ path }) => /^(apps|libs|infra)\/.*\.ts$/.test(path) && !/\.(spec|suite)\.ts$|\/testing\//.test(path))
  .map(({ path, text }) => parseSource(path, text));

/** Promised to whoever writes down a figure: it names the arithmetic that made it. */
const KEPT = new Set(['ARITHMETIC']);

describe('The house', () => {
  it('was looked at as a whole', () => {
    expect(new Set(sources.map(({ room }) => room))).toEqual(new Set(Object.keys(MAY_IMPORT)));
  });

  it.each(Object.entries(HOUSE_RULES))('keeps its rule: %s', (_title, rule) => {
    expect(sources.flatMap(rule)).toEqual([]);
  });

  it('exports only what is used, and hands out through a door only what is used outside', () => {
    expect([...unusedExports(files, KEPT), ...unusedThroughDoors(files, KEPT)]).toEqual([]);
  });

  it('has told lint the same of imports; if not: UPDATE=1 npm test -- test/architecture', () => {
    const path = '.oxlintrc.json';
    const config = JSON.parse(readFileSync(path, 'utf8')) as { overrides: { rules: object }[] };
    const isOfImports = ({ rules }: { rules: object }): boolean => Array.isArray((rules as Partial<LintBlock['rules']>)['no-restricted-imports']);
    if (process.env['UPDATE']) {
      config.overrides = [...lintBlocks(), ...config.overrides.filter((override) => !isOfImports(override))];
      writeFileSync(path, `${JSON.stringify(config, null, 2)}\n`);
    }
    expect(config.overrides.filter(isOfImports)).toEqual(lintBlocks());
  });
});

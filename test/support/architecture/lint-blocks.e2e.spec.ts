import { execFile } from 'node:child_process';
import { copyFileSync, mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { allowedImports, forbiddenImports } from './forbidden-imports.js';

interface Report { readonly diagnostics: readonly { readonly code: string; readonly filename: string }[] }

const cases = [...forbiddenImports, ...allowedImports].map(([path, text], index) => ({ path: path.replace('a.ts', `a${index}.ts`), text }));
const house = realpathSync(mkdtempSync(join(tmpdir(), 'touchline-lint-')));
let refused: readonly string[];

beforeAll(async () => {
  for (const { path, text } of cases) {
    mkdirSync(dirname(join(house, path)), { recursive: true });
    writeFileSync(join(house, path), `${text}\n`);
  }
  copyFileSync('.oxlintrc.json', join(house, '.oxlintrc.json'));
  const { stdout } = await promisify(execFile)(process.execPath, [resolve('node_modules/oxlint/bin/oxlint'), '--format', 'json', '.'], { cwd: house })
    .catch((error: { stdout: string }) => error);
  refused = (JSON.parse(stdout) as Report).diagnostics.filter(({ code }) => code.includes('no-restricted-imports')).map(({ filename }) => filename);
});
afterAll(() => rmSync(house, { recursive: true }));

describe('Lint', () => {
  it('refuses the imports that the rules of the house refuse, and no others', () => {
    expect([...refused].sort()).toEqual(cases.slice(0, forbiddenImports.length).map(({ path }) => path).sort());
  });
});

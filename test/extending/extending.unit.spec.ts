import { execFileSync } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, expect, it } from '@jest/globals';

const SNIPPET = /^```ts (\S+) \((new file|before "(.+)")\)\n([^]*?)^```$/gm;
const copy = mkdtempSync(join(tmpdir(), 'touchline-extending-'));

beforeAll(() => {
  for (const path of ['libs', 'infra', 'package.json', 'tsconfig.json', 'jest.config.mjs', 'test/support', 'test/extending/training.proof.ts']) {
    cpSync(path, join(copy, path), { recursive: true });
  }
  symlinkSync(resolve('node_modules'), join(copy, 'node_modules'));
  for (const [, path, , anchor, text] of readFileSync('libs/EXTENDING.md', 'utf8').matchAll(SNIPPET)) {
    const file = join(copy, path!);
    if (anchor === undefined) {
      writeFileSync(file, text!, { flag: 'wx' });
      continue;
    }
    const before = readFileSync(file, 'utf8');
    if (before.split(anchor).length !== 2) throw new Error(`"${anchor}" does not stand once in ${path}; EXTENDING.md is out of date.`);
    writeFileSync(file, before.replace(anchor, () => `${text}${anchor}`));
  }
  cpSync(join(copy, 'test/extending/training.proof.ts'), join(copy, 'test/extending/training.unit.spec.ts'));
});

afterAll(() => rmSync(copy, { recursive: true, force: true }));

it('adds the type and the measure of EXTENDING.md to a copy, where they compile and work', () => {
  const run = (program: string, args: string[]) => execFileSync(process.execPath, [program, ...args], { cwd: copy, encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] });
  run('node_modules/typescript/bin/tsc', ['-p', 'tsconfig.json', '--noEmit']);
  const output = run('--experimental-vm-modules', ['--no-warnings', 'node_modules/jest/bin/jest.js', '--reporters=default', '--verbose', 'test/extending/training']);
  expect(output).not.toContain('failed');
}, 120_000);

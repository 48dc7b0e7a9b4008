import { existsSync, mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { spawnSync } from 'node:child_process';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { makeFolder } from './make-folder.js';

let place: string;
beforeAll(() => {
  place = mkdtempSync(join(tmpdir(), 'make-folder-'));
});
afterAll(() => rmSync(place, { recursive: true }));

it('makes what is missing, so that every user can pass through', () => {
  makeFolder(join(place, 'a/b/c'));
  makeFolder(join(place, 'a/b/c'));
  expect(['a', 'a/b', 'a/b/c'].map((folder) => statSync(join(place, folder)).mode & 0o777)).toEqual([0o755, 0o755, 0o755]);
});

it('refuses a file in its place', () => {
  writeFileSync(join(place, 'file'), '');
  expect(() => makeFolder(join(place, 'file'))).toThrow(/is no folder/);
  expect(() => makeFolder(join(place, 'file/below'))).toThrow();
});

const NOWHERE = existsSync('/proc/self') ? '/proc/touchline/x' : '/dev/null/touchline/x';

it('comes to an end where the system makes no folders', () => {
  const flags = ['--no-warnings', '--conditions=app-source', '--import', './test/support/typescript.mjs', '--input-type=module', '-e', "import { makeFolder } from './infra/postgres/make-folder.ts'; makeFolder(process.argv[1])", NOWHERE];
  const { status, stderr } = spawnSync(process.execPath, flags, { encoding: 'utf8', timeout: 20_000, killSignal: 'SIGKILL' });
  expect({ status, stderr }).toEqual({ status: 1, stderr: expect.stringMatching(/(ENOENT|ENOTDIR).*touchline/) });
}, 30_000);

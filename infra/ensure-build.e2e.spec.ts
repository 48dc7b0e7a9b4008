import { spawnSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';

const project = mkdtempSync(join(tmpdir(), 'touchline-build-'));
const main = join(project, 'apps/standalone/src/main.ts');

/** A project like ours in all that the build looks at, but small. */
beforeAll(() => {
  for (const path of ['package.json', 'package-lock.json', 'tsconfig.json', 'tsconfig.build.json', 'nest-cli.json']) cpSync(path, join(project, path));
  for (const folder of ['apps/standalone/src', 'libs', 'infra', 'node_modules']) mkdirSync(join(project, folder), { recursive: true });
  for (const name of ['build.mjs', 'ensure-build.mjs', 'start.mjs']) cpSync(join('infra', name), join(project, 'infra', name));
  for (const name of readdirSync('node_modules')) symlinkSync(resolve('node_modules', name), join(project, 'node_modules', name));
  writeFileSync(main, `process.stdout.write('first\\n');\n`);
});

afterAll(() => rmSync(project, { recursive: true, force: true }));

const run = (script: string) => spawnSync('npm', ['run', '--silent', script], { cwd: project, encoding: 'utf8' });

describe('A build', () => {
  it('by npm run build is good for the next npm start', () => {
    expect(run('build')).toMatchObject({ status: 0, stderr: expect.stringContaining('Building') });
    expect(run('start')).toMatchObject({ status: 0, stdout: 'first\n', stderr: expect.not.stringContaining('Building') });
  }, 60_000);

  it('is made by npm start after a change, and once', () => {
    writeFileSync(main, `process.stdout.write('second\\n');\n`);
    expect(run('start')).toMatchObject({ status: 0, stdout: 'second\n', stderr: expect.stringContaining('Building') });
    expect(run('start')).toMatchObject({ status: 0, stdout: 'second\n', stderr: expect.not.stringContaining('Building') });
  }, 60_000);

  it('is made by npm run build in any case', () => {
    writeFileSync(join(project, 'dist/apps/standalone/src/main.js'), `process.stdout.write('spoilt\\n');\n`);
    expect(run('build').status).toBe(0);
    expect(run('start').stdout).toBe('second\n');
  }, 60_000);

  it('that fails says why, leaves no lock, and is tried again', () => {
    writeFileSync(main, `const wrong: string = 1;\nprocess.stdout.write(wrong);\n`);
    for (const script of ['build', 'start']) expect(run(script)).toMatchObject({ status: 1, stderr: expect.stringMatching(/The build failed[^]*main\.ts/) });
    expect(existsSync(join(project, 'node_modules/.touchline-build'))).toBe(false);
  }, 60_000);
});

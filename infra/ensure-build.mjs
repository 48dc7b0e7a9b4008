import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createHash } from 'node:crypto';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const PROJECT = dirname(dirname(fileURLToPath(import.meta.url)));

const STAMP = join(PROJECT, 'dist', '.sources');
const LOCK = join(PROJECT, 'node_modules', '.touchline-build');
const SOURCES = ['apps', 'libs', 'infra', 'package.json', 'package-lock.json', 'tsconfig.json', 'tsconfig.build.json', 'nest-cli.json'];

/** Builds when the sources are not those that `dist` was built from. Throws with the compiler's output when they do not compile. */
export function ensureBuild() {
  if (!isBuilt(hashOfSources())) build();
}

/** Builds also what is built already. */
export function buildAnew() {
  rmSync(STAMP, { force: true });
  build();
}

function build() {
  const nest = join(PROJECT, 'node_modules', '@nestjs', 'cli', 'bin', 'nest.js');
  if (!existsSync(nest)) throw new Error('The dependencies are not installed. Run "npm ci" first.');
  const unlock = lock();
  try {
    buildLocked(nest);
  } finally {
    unlock();
  }
}

/** Looks again first: whoever held the lock before us may have built the same sources. */
function buildLocked(nest) {
  const wanted = hashOfSources();
  if (isBuilt(wanted)) return;
  process.stderr.write('Building (about 15 seconds, only after a change) …\n');
  const { status, stdout, stderr } = spawnSync(process.execPath, [nest, 'build'], { cwd: PROJECT, encoding: 'utf8' });
  if (status !== 0) throw new Error(`The build failed:\n${stdout}${stderr}`);
  mkdirSync(dirname(STAMP), { recursive: true });
  writeFileSync(STAMP, wanted);
}

function isBuilt(wanted) {
  return existsSync(STAMP) && readFileSync(STAMP, 'utf8') === wanted;
}

/** One build at a time: a second one would delete the files that the first has just begun to run. Returns what gives the lock back. */
function lock() {
  for (;;) {
    try {
      writeFileSync(LOCK, String(process.pid), { flag: 'wx' });
      return () => rmSync(LOCK, { force: true });
    } catch (error) {
      if (error.code !== 'EEXIST') throw error;
    }
    if (isAbandoned()) rmSync(LOCK, { force: true });
    else Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 200);
  }
}

function isAbandoned() {
  try {
    process.kill(Number(readFileSync(LOCK, 'utf8')) || process.pid, 0);
    return false;
  } catch (error) {
    return error.code === 'ESRCH';
  }
}

/** By content, not by time: a clone has no useful times. */
function hashOfSources() {
  const hash = createHash('sha256');
  const add = (path) => hash.update(path).update(readFileSync(join(PROJECT, path)));
  for (const source of SOURCES) {
    if (source.includes('.')) add(source);
    else readdirSync(join(PROJECT, source), { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.ts') && !name.endsWith('.spec.ts')).sort().forEach((name) => add(join(source, name)));
  }
  return hash.digest('hex');
}

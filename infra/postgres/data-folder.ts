import { execFile } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { existsSync, readdirSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { program } from './binaries.js';
import { PostgresUnavailable, useAnotherFolder } from './failure.js';
import type { Layout } from './layout.js';
import { processAlive } from './postmaster.js';

const UNFINISHED = /^data\.new-(\d+)-/;

// The builtin provider sorts and folds case alike on every platform, whatever locales the system has.
const INITDB = ['-U', 'postgres', '-A', 'trust', '-N', '-E', 'UTF8', '--locale=C', '--locale-provider=builtin', '--builtin-locale=C.UTF-8'];

/** Runs initdb beside the place and renames, so a half-made data folder is never taken for a whole one. */
export async function ensureDataFolder(layout: Layout, native: string, log: (line: string) => void): Promise<void> {
  for (const name of readdirSync(layout.folder)) {
    const pid = UNFINISHED.exec(name)?.[1];
    if (pid && !processAlive(Number(pid))) rmSync(join(layout.folder, name), { recursive: true, force: true });
  }
  if (existsSync(layout.data)) return;
  log(`Creating the database in ${layout.folder} (first start).`);
  const unfinished = `${layout.data}.new-${process.pid}-${randomBytes(3).toString('hex')}`;
  try {
    await promisify(execFile)(program(native, 'initdb'), ['-D', unfinished, ...INITDB], { ...layout.user, windowsHide: true });
    if (!existsSync(layout.data)) renameSync(unfinished, layout.data);
  } catch (error) {
    if (!existsSync(layout.data)) throw unusable(layout, error as Error & { stderr?: string });
  } finally {
    rmSync(unfinished, { recursive: true, force: true });
  }
}

function unusable({ folder, user }: Layout, error: Error & { stderr?: string }): PostgresUnavailable {
  const reason = (error.stderr?.trim() || error.message).split('\n').map((line) => `  ${line}`).join('\n');
  return new PostgresUnavailable(`The database could not be created in ${folder}:\n${reason}\n${useAnotherFolder(user)}`);
}

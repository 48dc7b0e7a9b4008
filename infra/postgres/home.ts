import { createHash } from 'node:crypto';
import { chmodSync, mkdirSync } from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';

/**
 * Where this checkout keeps its data: `TOUCHLINE_HOME` if set; as root a folder of its own under `/var/lib/touchline`,
 * because the database server then runs as another user; else `.touchline` in the project. The folder is made by who uses it.
 */
export function homeFolder(project = process.cwd(), home = process.env['TOUCHLINE_HOME'], uid = process.getuid?.()): string {
  if (home) return resolve(home);
  const root = resolve(project);
  if (uid !== 0) return join(root, '.touchline');
  return join('/var/lib/touchline', `${basename(root)}-${createHash('sha256').update(root).digest('hex').slice(0, 8)}`);
}

/** Makes the folder, and every folder above it that is missing, so that other users can pass through whatever the umask. */
export function makeFolder(path: string): void {
  const first = mkdirSync(path, { recursive: true });
  if (!first) return;
  for (let made = path; made.length >= first.length; made = dirname(made)) chmodSync(made, 0o755);
}

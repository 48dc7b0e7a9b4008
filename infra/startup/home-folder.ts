import { createHash } from 'node:crypto';
import { basename, join, resolve } from 'node:path';

/** In words, for the settings table. */
export const HOME_OTHERWISE = '`.touchline` in the project; for root a folder below `/var/lib/touchline`';

/**
 * Where this checkout keeps its data: `TOUCHLINE_HOME` if set; as root a folder of its own under `/var/lib/touchline`,
 * because the database server then runs as another user; else `.touchline` in the project. The folder is made by who uses it.
 */
export function homeFolder(home: string | undefined, project = process.cwd(), uid = process.getuid?.()): string {
  if (home) return resolve(home);
  const root = resolve(project);
  if (uid !== 0) return join(root, '.touchline');
  return join('/var/lib/touchline', `${basename(root)}-${createHash('sha256').update(root).digest('hex').slice(0, 8)}`);
}

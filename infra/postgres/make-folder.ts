import { chmodSync, existsSync, mkdirSync, statSync } from 'node:fs';
import { dirname, resolve } from 'node:path';

/** Makes the folder, and every folder above it that is missing, so that other users can pass through whatever the umask. */
export function makeFolder(path: string): void {
  const missing: string[] = [];
  for (let each = resolve(path); !existsSync(each); each = dirname(each)) missing.unshift(each);
  // One by one: where the system makes no folders at all, as in /proc, Node's recursive mkdir never comes back.
  for (const folder of missing) makeOne(folder);
  if (!statSync(path).isDirectory()) throw new Error(`${path} is no folder`);
}

function makeOne(folder: string): void {
  try {
    mkdirSync(folder);
    chmodSync(folder, 0o755);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
  }
}

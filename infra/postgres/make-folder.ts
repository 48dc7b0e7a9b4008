import { chmodSync, mkdirSync } from 'node:fs';
import { dirname } from 'node:path';

/** Makes the folder, and every folder above it that is missing, so that other users can pass through whatever the umask. */
export function makeFolder(path: string): void {
  const first = mkdirSync(path, { recursive: true });
  if (!first) return;
  for (let made = path; made.length >= first.length; made = dirname(made)) chmodSync(made, 0o755);
}

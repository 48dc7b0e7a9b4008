import { chmodSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** A home for a server of a test's own, which any user may enter; removed at the latest when the test run ends, with the server on it. */
export function temporaryHome(): string {
  const home = mkdtempSync(join(process.env['TOUCHLINE_TEST_FOLDER'] ?? tmpdir(), 'home-'));
  chmodSync(home, 0o755);
  return home;
}

/** Removes a home; a server that a failed test left running on it is killed first. */
export function removeHome(home: string): void {
  try {
    process.kill(serverPid(home), 'SIGKILL');
  } catch {
    // No server runs there.
  }
  rmSync(home, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 });
}

/** The process id of the server that runs on this home. */
export function serverPid(home: string): number {
  return Number(readFileSync(join(home, 'postgres/data/postmaster.pid'), 'utf8').split('\n')[0]);
}

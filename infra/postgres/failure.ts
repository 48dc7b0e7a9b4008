import { readFileSync } from 'node:fs';
import type { ServerUser } from './server-user.js';

/** The built-in PostgreSQL cannot be had; the message says why and what to do. */
export class PostgresUnavailable extends Error {
  override readonly name = 'PostgresUnavailable';
}

/** The last lines of a server's log, indented; empty when there is no log. */
export function lastLines(log: string, count = 8): string {
  try {
    return readFileSync(log, 'utf8').trimEnd().split('\n').slice(-count).map((line) => `  ${line}`).join('\n');
  } catch {
    return '';
  }
}

/** What to do when the server's user cannot work in the folder it was given. */
export function useAnotherFolder({ uid }: ServerUser): string {
  const access = uid === undefined ? '' : ` Started by root, the server runs as user ${uid}, who must be able to enter every folder above.`;
  return `Set TOUCHLINE_HOME to another folder, or DATABASE_URL to a PostgreSQL of your own.${access}`;
}

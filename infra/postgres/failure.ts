import { readFileSync } from 'node:fs';

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

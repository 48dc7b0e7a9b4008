import { rowSecurity } from '#event-store';

/** Row-level security for a table of a read model: the worker sees all, a reader its own tenant. */
export function guarded(table: string): string {
  return `
      ${rowSecurity(table)}
    grant select on ${table} to touchline_reader;`;
}

import type { Sql } from '#event-store';
import type { FactSheet } from '#insight';
import { liveTable } from '../reading.js';
import { customerTable } from './table.js';

/** The fact sheets of some customers: the score that explains itself is computed from them when it is asked for. */
export async function sheetsOf(sql: Sql, tenant: string, customers: readonly string[]): Promise<Map<string, FactSheet>> {
  const rows = await sql.query<{ customer: string; sheet: FactSheet }>(
    `select customer, sheet from ${await liveTable(sql, 'customers', customerTable)} where tenant = $1 and customer = any($2)`, [tenant, customers]);
  return new Map(rows.map(({ customer, sheet }) => [customer, sheet]));
}

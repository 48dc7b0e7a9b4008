import { isDeepStrictEqual } from 'node:util';
import { unlike } from '../engine/comparison.js';
import { type ComparedTable, type CustomerKey, keyText, type Projection } from '../engine/projection.js';
import type { Sql } from '../postgres/database.js';
import { type RowDifference, SHOWN } from './report.js';

interface Tables { readonly sql: Sql; readonly projection: Projection; readonly generation: number; readonly scratch: number }
type Row = Record<string, unknown>;

const THESE = '(tenant, customer) in (select * from unnest($1::text[], $2::text[]))';
const values = (keys: readonly CustomerKey[]) => [keys.map(({ tenant }) => tenant), keys.map(({ customer }) => customer)];

/** Rows of these customers that are not what was folded into the scratch tables, some with their values; and who could not be folded. `held`: they are to say so. */
export async function differencesIn(tables: Tables, keys: readonly CustomerKey[], held = false): Promise<RowDifference[]> {
  if (keys.length === 0) return [];
  const failures = await tables.sql.query<CustomerKey & { reason: string }>(
    `select tenant, customer, reason from parked where ${THESE} and name = $3 and generation = $4`, [...values(keys), tables.projection.name, tables.scratch]);
  const failed = new Set(failures.map(keyText));
  const found: RowDifference[] = failures.map(({ tenant, customer, reason }) => ({ ...whatOf(tables, tables.projection.compared[0]!), tenant, customer, row: {}, columns: [], stored: null, folded: null, failure: reason }));
  for (const table of tables.projection.compared) {
    found.push(...await differencesOf(tables, table, { only: keys.filter((key) => !failed.has(keyText(key))), held }));
  }
  return found;
}

/** The values come with the first rows only: a slice in which everything differs is no reason to read it whole. */
export async function differencesOf(tables: Tables, table: ComparedTable, { only, held }: { only: readonly CustomerKey[] | null; held: boolean }): Promise<RowDifference[]> {
  const { sql, generation, scratch } = tables;
  const those = only ? `where ${THESE}` : 'where $1::text[] is null and $2::text[] is null';
  const rows = await sql.query<Row & { a: Row | null; b: Row | null }>(
    `select ${table.key.join(', ')}, case when place <= ${SHOWN} then a end as a, case when place <= ${SHOWN} then b end as b from (
       select ${table.key.join(', ')}, to_jsonb(a) as a, to_jsonb(b) as b, row_number() over () as place
       from (select * from ${table.name(generation)} ${those}) as a full join (select * from ${table.name(scratch)} ${those}) as b using (${table.key.join(', ')})
       where ${await unlike(sql, table, [generation, scratch], held)}) as unlike`, only ? values(only) : [null, null]);
  return rows.map(({ a, b, ...key }) => {
    const { tenant, customer = null, ...row } = key as { tenant: string; customer?: string };
    const columns = a && b ? Object.keys({ ...a, ...b }).filter((column) => (held && column === table.held ? a[column] !== true : !isDeepStrictEqual(a[column], b[column]))).sort() : [];
    const part = (side: Row | null) => side && Object.fromEntries(columns.map((column) => [column, side[column]]));
    return { ...whatOf(tables, table), tenant, customer, row, columns, stored: part(a), folded: part(b), failure: null };
  });
}

const whatOf = ({ projection, generation }: Tables, table: ComparedTable) => ({ projection: projection.name, generation, table: table.name(generation) });

/** Whose rows wait to be settled. */
export async function waitingIn({ sql, projection, generation }: Tables, keys: readonly CustomerKey[]): Promise<CustomerKey[]> {
  const found: CustomerKey[] = [];
  for (const { name, unsettled } of projection.compared) {
    if (unsettled) found.push(...await sql.query<{ tenant: string; customer: string }>(`select tenant, customer from ${name(generation)} where ${THESE} and ${unsettled} is not null`, values(keys)));
  }
  return found;
}

/** A row may wait only for a fact that the log has. */
export async function unfounded(tables: Tables, keys: readonly CustomerKey[]): Promise<RowDifference[]> {
  const found: RowDifference[] = [];
  for (const table of tables.projection.compared) {
    const { unsettled, name } = table;
    if (!unsettled) continue;
    const rows = await tables.sql.query<CustomerKey & { at: unknown }>(
      `select tenant, customer, ${unsettled} as at from ${name(tables.generation)} as row where ${THESE} and ${unsettled} is not null
         and not exists (select from log where log.position = row.${unsettled} and log.tenant = row.tenant)`, values(keys));
    found.push(...rows.map(({ tenant, customer, at }) => ({
      ...whatOf(tables, table), tenant, customer, row: {}, columns: [unsettled], stored: { [unsettled]: at }, folded: { [unsettled]: null }, failure: null })));
  }
  return found;
}

import type { CustomerKey, Work } from '#event-store';
import type { JourneyEvent } from '#journey';
import { type EntityTable, entityTableName } from './entity-table.js';
import { factsOfText, inOrder, textOfFacts } from './kept-facts.js';

/** A thing, and all that is known of it. */
export interface Entity extends CustomerKey {
  readonly entity: string;
  readonly facts: readonly JourneyEvent[];
}

/** The facts that the rows of these things keep. */
export async function loadEntities({ sql, generation }: Work, table: EntityTable, keys: readonly Omit<Entity, 'facts'>[]): Promise<Entity[]> {
  if (keys.length === 0) return [];
  const rows = await sql.query<CustomerKey & { entity: string; facts: string }>(
    `select tenant, customer, entity, facts from ${entityTableName(table, generation)} where (tenant, customer, entity) in (select * from unnest($1::text[], $2::text[], $3::text[]))`,
    [keys.map(({ tenant }) => tenant), keys.map(({ customer }) => customer), keys.map(({ entity }) => entity)]);
  return rows.map(({ facts, ...key }) => ({ ...key, facts: factsOfText(key.tenant, facts) }));
}

/** What is stored of a thing: its key, its columns, and its facts, so that a row can be made before anything is written. */
export type EntityValues = readonly unknown[];

/** @throws what `rowOf` throws */
export function valuesOfEntity(table: EntityTable, { tenant, customer, entity, facts }: Entity): EntityValues {
  const ordered = inOrder(facts);
  const row = table.rowOf(ordered, entity);
  return [tenant, customer, entity, ...Object.entries(table.columns).map(([column, type]) => (type.startsWith('jsonb') && row ? JSON.stringify(row[column]) : row?.[column] ?? null)), textOfFacts(ordered), row !== null];
}

/** All rows of a batch in one statement. */
export async function saveEntities({ sql, generation }: Work, table: EntityTable, values: readonly EntityValues[]): Promise<void> {
  if (values.length === 0) return;
  const columns = ['tenant', 'customer', 'entity', ...Object.keys(table.columns), 'facts', 'shown'];
  const types = ['text', 'text', 'text', ...Object.values(table.columns), 'text', 'boolean'];
  await sql.query(
    `insert into ${entityTableName(table, generation)} (${columns.join(', ')}) select * from unnest(${types.map((type, place) => `$${place + 1}::${type}[]`).join(', ')})
     on conflict (tenant, customer, entity) do update set ${columns.slice(3).map((column) => `${column} = excluded.${column}`).join(', ')}`,
    columns.map((_, place) => values.map((row) => row[place])));
}

export async function deleteEntitiesOf({ sql, generation }: Work, table: EntityTable, tenant: string, customers: readonly string[]): Promise<void> {
  if (customers.length > 0) await sql.query(`delete from ${entityTableName(table, generation)} where tenant = $1 and customer = any($2)`, [tenant, customers]);
}

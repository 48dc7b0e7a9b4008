import type { JourneyEvent } from '#journey';
import { guarded } from '../generated-tables.js';

/** Values of one row, by column. */
export type EntityRow = Readonly<Record<string, unknown>>;

/**
 * A table with one row per thing that facts of a customer speak of: a ticket, an answer, a recovery. A row is a function of the facts about that thing alone,
 * as corrections left them, earliest first; merged customers are one, under the one that stands for them.
 */
export interface EntityTable<Row extends EntityRow = EntityRow> {
  /** Of the table, without its generation: `[a-z_]+`. */
  readonly name: string;
  /** Rises whenever the same facts give other rows, or the columns change. */
  readonly version: number;
  /** Columns beside `tenant`, `customer` and `entity`, and their types in PostgreSQL: all may be null; no arrays and no `json`, take `jsonb`. */
  readonly columns: { readonly [Column in keyof Row & string]: string };
  /** Lists of columns; each is indexed after `tenant`. */
  readonly indexes?: readonly string[];
  /** Which thing a fact is about, in today's version of its type; null: none of these. */
  entityOf(event: JourneyEvent): string | null;
  /** Null: there is nothing to show (yet): the facts are kept, in a row that nobody sees. Pure: no clock. Positions come without their epoch (`0.42`): who reads rows adds that of today. */
  rowOf(facts: readonly JourneyEvent[], entity: string): Row | null;
}

export const entityTableName = (table: Pick<EntityTable, 'name'>, generation: number): string => `touchline_read.${table.name}_${generation}`;

export function createEntityTable(table: EntityTable, generation: number): string {
  const name = entityTableName(table, generation);
  const columns = Object.entries(table.columns).map(([column, type]) => `${column} ${type}`);
  return `
      create table ${name} (tenant text not null, customer text not null, entity text not null, ${columns.join(', ')}, facts text not null, shown boolean not null, primary key (tenant, customer, entity));
      create index on ${name} (tenant, entity);
      ${(table.indexes ?? []).map((index) => `create index on ${name} (tenant, ${index});`).join('\n      ')}
      ${guarded(name)}`;
}

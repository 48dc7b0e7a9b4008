import type { Sql } from '#event-store';
import type { EntityRow, EntityTable } from '../entities/entity-table.js';
import { factsOfText } from '../entities/kept-facts.js';
import { liveEntities } from '../entities/live-entities.js';
import type { ExperienceWindow } from './window.js';

export type Keyed<Row> = Row & { readonly customer: string; readonly entity: string };

/** The rows of which a moment lies in a window; `or`: also these things of these customers. */
export interface Which {
  /** The columns of moments: one of them has to lie in it. */
  readonly by: readonly string[];
  readonly or?: { readonly customers: readonly string[]; readonly entities: readonly string[] };
}

/** Rows of a table as they are now, or as they were at a moment that was asked for: the same function of the facts that had happened by then. */
export async function rowsAt<Row extends EntityRow>(sql: Sql, table: EntityTable<Row>, tenant: string, window: ExperienceWindow, { by, or }: Which): Promise<Keyed<Row>[]> {
  const named = or ?? { customers: [], entities: [] };
  if (!window.past) {
    const rows = await sql.query<Record<string, unknown>>(
      `select customer, entity, ${Object.keys(table.columns).join(', ')} from ${await liveEntities(sql, table)}
       where tenant = $1 and (${by.map((column) => `(${column} >= $2 and ${column} < $3)`).join(' or ')} or (customer, entity) in (select * from unnest($4::text[], $5::text[])))`,
      [tenant, window.begins, window.ends, named.customers, named.entities]);
    return rows.map((row) => plain<Row>(row));
  }
  const rows = await sql.query<{ customer: string; entity: string; facts: string }>(`select customer, entity, facts from ${await liveEntities(sql, table)} where tenant = $1`, [tenant]);
  const wanted = new Set(named.customers.map((customer, place) => JSON.stringify([customer, named.entities[place]])));
  return rows.flatMap(({ customer, entity, facts }) => {
    const then = factsOfText(tenant, facts).filter(({ occurredAt }) => Date.parse(occurredAt) <= Date.parse(window.until));
    const row = then.length === 0 ? null : table.rowOf(then, entity);
    const isWanted = by.some((column) => liesIn(window, row?.[column])) || wanted.has(JSON.stringify([customer, entity]));
    return row && isWanted ? [{ ...row, customer, entity }] : [];
  });
}

/** Whether a moment, where there is one, lies in a window. */
export const liesIn = ({ begins, ends }: ExperienceWindow, at: unknown): boolean => typeof at === 'string' && Date.parse(at) >= Date.parse(begins) && Date.parse(at) < Date.parse(ends);

/** As `rowOf` made it: times as text, whole numbers as numbers. */
function plain<Row>(row: Readonly<Record<string, unknown>>): Keyed<Row> {
  return Object.fromEntries(Object.entries(row).map(([column, value]) => [column, value instanceof Date ? value.toISOString() : value])) as Keyed<Row>;
}

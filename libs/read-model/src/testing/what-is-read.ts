import type { Database, Sql } from '#event-store';

/** What statements read on their way to an answer: their texts, and the columns of the rows that came. */
export interface Heard { readonly text: string; readonly columns: readonly string[] }

/** A reader that keeps what is read through it. */
export function listeningTo(reader: Database): { readonly reader: Database; readonly heard: Heard[] } {
  const heard: Heard[] = [];
  const inTenant: Database['inTenant'] = (tenant, work, opening) => reader.inTenant(tenant, (sql, opened) => work(Object.assign(Object.create(sql) as Sql, {
    query: async <Row extends object>(text: string, values?: readonly unknown[], name?: string) => {
      const rows = await sql.query<Row>(text, values, name);
      heard.push({ text, columns: Object.keys(rows[0] ?? {}) });
      return rows;
    },
  }), opened), opening);
  return { heard, reader: Object.assign(Object.create(reader) as Database, { inTenant }) };
}

import type { Database, Sql } from '../postgres/database.js';

/** No worker has run on this database yet. */
export class NoTablesYet extends Error {
  override readonly name = 'NoTablesYet';
  constructor(projection: string) {
    super(`The projection "${projection}" has no tables yet; start a worker first.`);
  }
}

/** The generation that readers see, in the reader's own snapshot. */
export async function liveGeneration(sql: Sql, name: string): Promise<number> {
  const [row] = await sql.query<{ live: number }>('select live from projection where name = $1', [name]);
  if (!row) throw new NoTablesYet(name);
  return row.live;
}

/** The one beside the live one: being built, or kept for undoing. */
export async function otherGeneration(database: Database, name: string): Promise<{ live: number; other: number | null; previous: number | null }> {
  return database.transaction(async (sql) => {
    const [row] = await sql.query<{ live: number; previous: number | null; other: number | null }>(
      'select live, previous, (select max(generation) from projection_generation as g where g.name = p.name and generation <> live) as other from projection as p where name = $1', [name]);
    if (!row) throw new NoTablesYet(name);
    return row;
  });
}

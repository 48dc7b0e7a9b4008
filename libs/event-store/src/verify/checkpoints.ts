import type { Projection } from '../engine/projection.js';
import type { Sql } from '../postgres/database.js';

/** It cannot be said whether all is well. */
export class CannotVerify extends Error {
  override readonly name = 'CannotVerify';
}

/** How far each partition is, in the snapshot that shows its rows. @throws CannotVerify when the generation is gone */
export async function checkpointsOf(sql: Sql, { name }: Projection, generation: number): Promise<Map<number, number>> {
  const rows = await sql.query<{ partition: number; position: string }>('select partition, position from projection_partition where name = $1 and generation = $2 order by 1', [name, generation]);
  if (rows.length === 0) throw new CannotVerify(`Generation ${generation} of ${name} was dropped meanwhile. Verify again.`);
  return new Map(rows.map(({ partition, position }) => [partition, Number(position)]));
}

import type { Projection } from '../engine/projection.js';
import type { Sql } from '../postgres/database.js';

/** It cannot be said whether all is well. */
export class CannotVerify extends Error {
  override readonly name = 'CannotVerify';
}

export interface Checkpoint {
  readonly partition: number;
  readonly upTo: number;
  /** In the middle of a tick or of a build: some of its rows are ahead of the checkpoint. */
  readonly moving: boolean;
}

/** How far each partition is, in the snapshot that shows its rows. @throws CannotVerify when the generation is gone */
export async function checkpointsOf(sql: Sql, { name }: Projection, generation: number): Promise<Checkpoint[]> {
  const rows = await sql.query<{ partition: number; position: string; moving: boolean }>(
    'select partition, position, ticking is not null or building is not null as moving from projection_partition where name = $1 and generation = $2 order by 1', [name, generation]);
  if (rows.length === 0) throw new CannotVerify(`Generation ${generation} of ${name} was dropped meanwhile. Verify again.`);
  return rows.map(({ partition, position, moving }) => ({ partition, upTo: Number(position), moving }));
}

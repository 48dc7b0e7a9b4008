import type { Database, Sql } from '../postgres/database.js';

export interface Lease {
  readonly partition: number;
  /** Rises with every change of hands; a commit under an older one is refused. */
  readonly fence: number;
  readonly position: number;
}

/** Another worker holds a partition now: what this one has done since must roll back. */
export class Fenced extends Error {
  constructor(name: string, generation: number) {
    super(`Another worker took over a partition of ${name} (generation ${generation}); this batch is rolled back.`);
  }
}

const LEASE_SECONDS = 5;

/** Leases on the partitions of one generation of one projection, held by one worker. */
export class Leases {
  constructor(private readonly database: Database, private readonly name: string, private readonly generation: number, private readonly owner: string) {}

  /** Takes every partition that is free, expired, or ours already. */
  acquire(): Promise<Lease[]> {
    return this.database.transaction(async (sql) => {
      const rows = await sql.query<{ partition: number; fence: string; position: string }>(
        `update projection_partition set owner = $3, expires_at = now() + $4 * interval '1 second', fence = fence + (owner is distinct from $3)::int
         where name = $1 and generation = $2 and (owner is null or owner = $3 or expires_at < now())
         returning partition, fence, position`, [this.name, this.generation, this.owner, LEASE_SECONDS]);
      return rows.map(({ partition, fence, position }) => ({ partition, fence: Number(fence), position: Number(position) }))
        .sort((a, b) => a.partition - b.partition);
    });
  }

  /** Moves the checkpoints in the transaction that writes the rows. @throws Fenced when a partition has changed hands */
  async advance(sql: Sql, held: readonly Lease[], position: number): Promise<Lease[]> {
    const rows = await sql.query(
      `update projection_partition as p set position = greatest(p.position, $5), expires_at = now() + $6 * interval '1 second'
       from unnest($3::smallint[], $4::bigint[]) as held (partition, fence)
       where p.name = $1 and p.generation = $2 and p.partition = held.partition and p.fence = held.fence returning p.partition`,
      [this.name, this.generation, held.map(({ partition }) => partition), held.map(({ fence }) => fence), position, LEASE_SECONDS]);
    if (rows.length !== held.length) throw new Fenced(this.name, this.generation);
    return held.map((lease) => ({ ...lease, position: Math.max(lease.position, position) }));
  }

  /** Lets another worker begin at once instead of waiting for the lease to run out. */
  async release(): Promise<void> {
    await this.database.transaction((sql) => sql.query(
      'update projection_partition set owner = null, expires_at = null where name = $1 and generation = $2 and owner = $3',
      [this.name, this.generation, this.owner]));
  }
}

import type { Database, Sql } from '../postgres/database.js';
import { PARTITIONS } from './projection.js';

export interface Lease {
  readonly partition: number;
  /** Rises with every change of hands; a commit under an older one is refused. */
  readonly fence: number;
  readonly position: number;
}

/** The partition is not ours any more, or the projection has stopped: what was done since must roll back. */
export class Fenced extends Error {
  constructor(name: string, generation: number) {
    super(`A partition of ${name} (generation ${generation}) has changed hands or has been stopped; this batch is rolled back.`);
  }
}

/** A worker that has not been heard of for so long has lost its partitions to whoever wants them. */
export const LEASE_SECONDS = 3;

/** An equal share of the partitions, rounded up, so that all are held. */
export const shareOf = (workers: number): number => Math.ceil(PARTITIONS / Math.max(1, workers));

interface PartitionRow { partition: number; fence: string; position: string; owner: string | null; alive: boolean }

/** Leases on the partitions of one generation of one projection, held by one worker as long as its heartbeat goes on. */
export class Leases {
  constructor(private readonly database: Database, private readonly name: string, private readonly generation: number, private readonly owner: string) {}

  /** Deals: gives back what is above our share, takes free partitions up to it. @returns what we hold now */
  acquire(): Promise<Lease[]> {
    return this.database.transaction(async (sql) => {
      const rows = await sql.query<PartitionRow>(
        `select partition, fence, position, owner, exists (select from projection_worker as w where w.owner = p.owner and w.expires_at > clock_timestamp()) as alive
         from projection_partition as p where name = $1 and generation = $2 order by partition for update`, [this.name, this.generation]);
      const [count] = await sql.query<{ workers: string }>(
        'select count(*) as workers from projection_worker where $1 = any(carries) and (expires_at > clock_timestamp() or owner = $2)', [this.name, this.owner]);
      const share = shareOf(Number(count!.workers));
      const ours = rows.filter(({ owner }) => owner === this.owner);
      const kept = ours.slice(0, share);
      const taken = rows.filter(({ owner, alive }) => owner !== this.owner && !alive).slice(0, share - kept.length);
      await this.hand(sql, null, ours.slice(share));
      await this.hand(sql, this.owner, taken);
      return [...kept.map((row) => leaseOf(row, 0)), ...taken.map((row) => leaseOf(row, 1))].sort((a, b) => a.partition - b.partition);
    });
  }

  /** Moves the checkpoints in the transaction that writes the rows. @throws Fenced when a partition has changed hands or the projection has stopped */
  async advance(sql: Sql, held: readonly Lease[], position: number): Promise<Lease[]> {
    const rows = await sql.query(
      `update projection_partition as p set position = greatest(p.position, $5)
       from unnest($3::smallint[], $4::bigint[]) as held (partition, fence)
       where p.name = $1 and p.generation = $2 and p.partition = held.partition and p.fence = held.fence
         and not exists (select from projection_generation as g where g.name = $1 and g.generation = $2 and g.stopped_at is not null)
       returning p.partition`,
      [this.name, this.generation, held.map(({ partition }) => partition), held.map(({ fence }) => fence), position]);
    if (rows.length !== held.length) throw new Fenced(this.name, this.generation);
    return held.map((lease) => ({ ...lease, position: Math.max(lease.position, position) }));
  }

  /** Lets another worker begin at once instead of waiting for our heartbeat to be missed. */
  async release(): Promise<void> {
    await this.database.transaction((sql) => sql.query(
      'update projection_partition set owner = null where name = $1 and generation = $2 and owner = $3', [this.name, this.generation, this.owner]));
  }

  private async hand(sql: Sql, owner: string | null, rows: readonly PartitionRow[]): Promise<void> {
    if (rows.length === 0) return;
    await sql.query('update projection_partition set owner = $3, fence = fence + 1 where name = $1 and generation = $2 and partition = any($4)',
      [this.name, this.generation, owner, rows.map(({ partition }) => partition)]);
  }
}

const leaseOf = ({ partition, fence, position }: PartitionRow, raised: number): Lease => ({ partition, fence: Number(fence) + raised, position: Number(position) });

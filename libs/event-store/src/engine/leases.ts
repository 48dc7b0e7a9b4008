import type { Database, Sql } from '../postgres/database.js';
import { type CustomerKey, PARTITIONS } from './projection.js';
import { carryText, type Carried } from './roster.js';

/** A build from the streams: every customer up to and with `after`, in key order, stands as at the position `upTo`. */
export interface Building {
  readonly upTo: number;
  readonly after: CustomerKey | null;
}

export interface Lease {
  readonly partition: number;
  /** Rises with every change of hands; a commit under an older one is refused. */
  readonly fence: number;
  readonly position: number;
  /** The life of the log in which it stands there. */
  readonly epoch: number;
  readonly building: Building | null;
}

/** What was held is not ours any more, has been stopped, or is of another life of the log: what was done since must roll back. */
export class Fenced extends Error {
  constructor(what: string) {
    super(`${what} has changed hands or has been stopped, or the log leads another life; this batch is rolled back.`);
  }
}

/** A worker that has not been heard of for so long has lost its partitions to whoever wants them. */
export const LEASE_SECONDS = 3;

/** An equal share of the partitions, rounded up, so that all are held. */
export const shareOf = (workers: number): number => Math.ceil(PARTITIONS / Math.max(1, workers));

interface PartitionRow {
  partition: number; fence: string; position: string; epoch: number; owner: string | null; alive: boolean;
  building: string | null; built_tenant: string | null; built_customer: string | null;
}

/** Leases on the partitions of one generation of one projection, held by one worker as long as its heartbeat goes on. */
export class Leases {
  private readonly name: string;

  constructor(private readonly database: Database, private readonly carried: Carried, private readonly generation: number, private readonly owner: string) {
    this.name = carried.name;
  }

  /** Deals: gives back what is above our share, takes free partitions up to it. @returns what we hold now */
  acquire(): Promise<Lease[]> {
    return this.database.transaction(async (sql) => {
      const rows = await sql.query<PartitionRow>(
        `select partition, fence, position, (select n from epoch) as epoch, owner, building, built_tenant, built_customer,
           exists (select from projection_worker as w where w.owner = p.owner and w.expires_at > clock_timestamp()) as alive
         from projection_partition as p where name = $1 and generation = $2 order by partition for update`, [this.name, this.generation]);
      const [count] = await sql.query<{ workers: string }>(
        'select count(*) as workers from projection_worker where $1 = any(carries) and (expires_at > clock_timestamp() or owner = $2)', [carryText(this.carried), this.owner]);
      const share = shareOf(Number(count!.workers));
      const ours = rows.filter(({ owner }) => owner === this.owner);
      const kept = ours.slice(0, share);
      const taken = rows.filter(({ owner, alive }) => owner !== this.owner && !alive).slice(0, share - kept.length);
      await this.hand(sql, null, ours.slice(share));
      await this.hand(sql, this.owner, taken);
      return [...kept.map((row) => leaseOf(row, 0)), ...taken.map((row) => leaseOf(row, 1))].sort((a, b) => a.partition - b.partition);
    });
  }

  /**
   * Moves the checkpoints in the transaction that writes the rows; ends a build, and a tick that is not beyond.
   * @throws Fenced when a partition has changed hands or the projection has stopped
   */
  async advance(sql: Sql, held: readonly Lease[], position: number): Promise<Lease[]> {
    await this.move(sql, held, `position = greatest(p.position, $6), ticking = case when p.ticking > $6 then p.ticking end,
      building = null, built_tenant = null, built_customer = null`, [position]);
    return held.map((lease) => ({ ...lease, position: Math.max(lease.position, position), building: null }));
  }

  /** Some rows stand already at the tick at this position, beyond the checkpoint. @throws Fenced like `advance` */
  async keepTicking(sql: Sql, held: readonly Lease[], position: number): Promise<Lease[]> {
    await this.move(sql, held, 'ticking = $6', [position]);
    return [...held];
  }

  /** Keeps how far a build has come. @throws Fenced like `advance` */
  async keepBuilding(sql: Sql, held: readonly Lease[], building: Building): Promise<Lease[]> {
    const { upTo, after } = building;
    await this.move(sql, held, 'building = $6, built_tenant = $7, built_customer = $8', [upTo, after?.tenant ?? null, after?.customer ?? null]);
    return held.map((lease) => ({ ...lease, building }));
  }

  /** Only makes sure that all is still ours. @throws Fenced like `advance` */
  async check(sql: Sql, held: readonly Lease[]): Promise<void> {
    await this.move(sql, held, 'position = p.position', []);
  }

  /** Lets another worker begin at once instead of waiting for our heartbeat to be missed. */
  async release(): Promise<void> {
    await this.database.transaction((sql) => sql.query(
      'update projection_partition set owner = null where name = $1 and generation = $2 and owner = $3', [this.name, this.generation, this.owner]));
  }

  private async move(sql: Sql, held: readonly Lease[], set: string, values: readonly unknown[]): Promise<void> {
    const rows = await sql.query(
      `update projection_partition as p set ${set}
       from unnest($3::smallint[], $4::bigint[]) as held (partition, fence)
       where p.name = $1 and p.generation = $2 and p.partition = held.partition and p.fence = held.fence and (select n from epoch) = $5
         and not exists (select from projection_generation as g where g.name = $1 and g.generation = $2 and g.stopped_at is not null)
       returning p.partition`,
      [this.name, this.generation, held.map(({ partition }) => partition), held.map(({ fence }) => fence), held[0]?.epoch ?? 0, ...values]);
    if (rows.length !== held.length) throw new Fenced(`A partition of ${this.name} (generation ${this.generation})`);
  }

  private async hand(sql: Sql, owner: string | null, rows: readonly PartitionRow[]): Promise<void> {
    if (rows.length === 0) return;
    await sql.query('update projection_partition set owner = $3, fence = fence + 1 where name = $1 and generation = $2 and partition = any($4)',
      [this.name, this.generation, owner, rows.map(({ partition }) => partition)]);
  }
}

const leaseOf = ({ partition, fence, position, epoch, building, built_tenant: tenant, built_customer: customer }: PartitionRow, raised: number): Lease => ({
  partition, fence: Number(fence) + raised, position: Number(position), epoch,
  building: building === null ? null : { upTo: Number(building), after: tenant === null || customer === null ? null : { tenant, customer } },
});

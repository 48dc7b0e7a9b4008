import type { Database } from '../postgres/database.js';
import { type Lease, LEASE_SECONDS, shareOf } from './leases.js';
import { pause } from './pause.js';

/** One generation of one projection, as it was at the last heartbeat. */
export interface GenerationView {
  readonly name: string;
  readonly generation: number;
  readonly live: boolean;
  /** A generation in the making that takes over by itself when it equals the live one. */
  readonly switches: boolean;
  readonly stopped: { readonly cause: string; readonly customers: number } | null;
}

interface PartitionView { name: string; generation: number; partition: number; fence: number; owner: string | null; alive: boolean }
interface Beat { generations: GenerationView[] | null; partitions: PartitionView[] | null; others: Record<string, number> | null }

const BEAT_MS = 700;

/** Says that this worker is alive, and learns in the same statement what there is to do. One heartbeat serves all projections. */
export class Roster {
  private beat: Beat = { generations: [], partitions: [], others: {} };
  private listeners = new Set<() => void>();

  constructor(private readonly database: Database, private readonly owner: string, private readonly carries: readonly string[]) {}

  /** Beats until told to stop, then leaves. `failed` hears of a heartbeat that did not get through. */
  async run(signal: AbortSignal, failed: (error: unknown) => void): Promise<void> {
    while (!signal.aborted) {
      await pause(BEAT_MS, signal);
      if (!signal.aborted) await this.tell().catch(failed);
    }
  }

  async tell(): Promise<void> {
    const [row] = await this.database.transaction((sql) => sql.query<Beat>(BEAT, [this.owner, this.carries, LEASE_SECONDS]));
    this.beat = row!;
    for (const listener of this.listeners) listener();
  }

  async leave(): Promise<void> {
    await this.database.transaction((sql) => sql.query(`delete from projection_worker where owner = $1 or expires_at < clock_timestamp() - interval '1 minute'`, [this.owner]));
  }

  /** Generations of the projections that this worker carries. */
  generations(): readonly GenerationView[] {
    return (this.beat.generations ?? []).filter(({ name }) => this.carries.includes(name));
  }

  view(name: string, generation: number): GenerationView | undefined {
    return this.generations().find((view) => view.name === name && view.generation === generation);
  }

  /** True when partitions were won, lost, set free, or are unevenly dealt: time to deal again. */
  isToDeal(name: string, generation: number, held: readonly Lease[]): boolean {
    const partitions = (this.beat.partitions ?? []).filter((each) => each.name === name && each.generation === generation);
    const ours = partitions.filter(({ owner }) => owner === this.owner);
    const same = ours.length === held.length && held.every(({ partition, fence }) => ours.some((each) => each.partition === partition && each.fence === fence));
    const share = shareOf(1 + (this.beat.others?.[name] ?? 0));
    const free = partitions.some(({ owner, alive }) => owner !== this.owner && !alive);
    return !same || held.length > share || (free && held.length < share);
  }

  /** Calls back after every heartbeat. @returns a function that ends it */
  onBeat(listener: () => void): () => void {
    this.listeners.add(listener);
    return () => void this.listeners.delete(listener);
  }
}

const BEAT = `
  with beat as (
    insert into projection_worker (owner, carries, expires_at) values ($1, $2, clock_timestamp() + $3 * interval '1 second')
    on conflict (owner) do update set carries = excluded.carries, expires_at = excluded.expires_at returning owner)
  select
    (select jsonb_agg(jsonb_build_object('name', name, 'generation', generation, 'live', generation = live, 'switches', switches,
       'stopped', case when stopped_at is not null then jsonb_build_object('cause', stopped_cause, 'customers', stopped_customers) end) order by name, generation)
     from projection_generation join projection using (name)) as generations,
    (select jsonb_agg(jsonb_build_object('name', name, 'generation', generation, 'partition', partition, 'fence', fence, 'owner', p.owner,
       'alive', coalesce(w.expires_at > clock_timestamp(), false)))
     from projection_partition as p left join projection_worker as w on w.owner = p.owner) as partitions,
    (select jsonb_object_agg(name, workers) from (
       select name, count(*) as workers from projection_worker, unnest(carries) as name where expires_at > clock_timestamp() and owner <> $1 group by name) as counted) as others
  from beat`;

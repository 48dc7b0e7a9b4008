import type { Database } from '../postgres/database.js';
import { type Lease, LEASE_SECONDS, shareOf } from './leases.js';
import { pause } from '../pause.js';

/** A projection in one version of its code. */
export interface Carried { readonly name: string; readonly version: string }

/** As workers say it. */
export const carryText = ({ name, version }: Carried): string => `${name}@${version}`;

/** One generation of one projection, as it was at the last heartbeat. */
export interface GenerationView extends Carried {
  readonly generation: number;
  readonly live: boolean;
  /** A generation in the making that takes over by itself when it equals the live one. */
  readonly switches: boolean;
  readonly stopped: { readonly cause: string; readonly customers: number } | null;
}

interface PartitionView { name: string; generation: number; partition: number; fence: number; owner: string | null; alive: boolean }
interface Beat { generations: GenerationView[] | null; partitions: PartitionView[] | null; others: Record<string, number> | null; horizon: string }

const BEAT_MS = 700;

/** Says that this worker is alive, and learns in the same statement what there is to do. One heartbeat serves all projections. */
export class Roster {
  private beat: Beat = { generations: [], partitions: [], others: {}, horizon: '0' };
  private listeners = new Set<() => void>();
  private readonly carries: readonly string[];

  constructor(private readonly database: Database, private readonly owner: string, carried: readonly Carried[]) {
    this.carries = carried.map(carryText);
  }

  /** Beats until told to stop, then leaves. `failed` hears of a heartbeat that did not get through. */
  async run(signal: AbortSignal, failed: (error: unknown) => void): Promise<void> {
    while (!signal.aborted) {
      await pause(BEAT_MS, signal);
      if (!signal.aborted) await this.tell().catch(failed);
    }
  }

  /** One statement, and all that an idle worker sends. */
  async tell(): Promise<void> {
    const [row] = await this.database.statements((sql) => sql.query<Beat>(BEAT, [this.owner, this.carries, LEASE_SECONDS]));
    this.beat = row!;
    for (const listener of this.listeners) listener();
  }

  async leave(): Promise<void> {
    await this.database.transaction((sql) => sql.query(`delete from projection_worker where owner = $1 or expires_at < clock_timestamp() - interval '1 minute'`, [this.owner]));
  }

  /** How far the log was final at the last heartbeat. */
  horizon(): number {
    return Number(this.beat.horizon);
  }

  /** Generations of the projections that this worker carries, in its version. */
  generations(): readonly GenerationView[] {
    return (this.beat.generations ?? []).filter((view) => this.carries.includes(carryText(view)));
  }

  view(name: string, generation: number): GenerationView | undefined {
    return this.generations().find((view) => view.name === name && view.generation === generation);
  }

  /** True when nobody who is alive carries the version that people read: it stands still for good. */
  isLiveAbandoned(name: string): boolean {
    const live = (this.beat.generations ?? []).find((view) => view.name === name && view.live);
    return live !== undefined && !this.carries.includes(carryText(live)) && !this.beat.others?.[carryText(live)];
  }

  /** True when partitions were won, lost, set free, or are unevenly dealt: time to deal again. */
  isToDeal({ generation, ...carried }: Carried & { readonly generation: number }, held: readonly Lease[]): boolean {
    const partitions = (this.beat.partitions ?? []).filter((each) => each.name === carried.name && each.generation === generation);
    const ours = partitions.filter(({ owner }) => owner === this.owner);
    const same = ours.length === held.length && held.every(({ partition, fence }) => ours.some((each) => each.partition === partition && each.fence === fence));
    const share = shareOf(1 + (this.beat.others?.[carryText(carried)] ?? 0));
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
    (select jsonb_agg(jsonb_build_object('name', name, 'generation', generation, 'version', version, 'live', generation = live, 'switches', switches,
       'stopped', case when stopped_at is not null then jsonb_build_object('cause', stopped_cause, 'customers', stopped_customers) end) order by name, generation)
     from projection_generation join projection using (name)) as generations,
    (select jsonb_agg(jsonb_build_object('name', name, 'generation', generation, 'partition', partition, 'fence', fence, 'owner', p.owner,
       'alive', coalesce(w.expires_at > clock_timestamp(), false)))
     from projection_partition as p left join projection_worker as w on w.owner = p.owner) as partitions,
    (select jsonb_object_agg(carried, workers) from (
       select carried, count(*) as workers from projection_worker, unnest(carries) as carried where expires_at > clock_timestamp() and owner <> $1 group by carried) as counted) as others,
    log_horizon() as horizon
  from beat`;

import type { Database } from '../postgres/database.js';

/** How far one projection that people read has come. */
interface ProjectionFigures {
  readonly name: string;
  /** Age of the oldest event not yet applied. */
  readonly lagSeconds: number;
  /** Positions behind the end of the log. */
  readonly behind: number;
  readonly parked: number;
  readonly stopped: boolean;
  /** Those that hold a part and live. */
  readonly workers: number;
}

interface ReactionFigures {
  readonly name: string;
  readonly behind: number;
  /** Entries whose time has come, and for how long the first has waited. */
  readonly due: number;
  readonly lateSeconds: number;
}

/** All subscriptions of one kind: ways to tell other systems of the log. */
interface KindFigures {
  readonly kind: string;
  readonly count: number;
  /** How many fail at this moment, and how many no living worker follows. */
  readonly failing: number;
  readonly unfollowed: number;
}

interface SubscriptionFigures {
  readonly kind: string;
  readonly tenant: string;
  readonly id: string;
  /** Age of the oldest event of its tenant that it has not looked at yet. */
  readonly lagSeconds: number;
}

/** What an operator watches, as the tables have it: the same whichever process asks. */
export interface Figures {
  readonly projections: readonly ProjectionFigures[];
  readonly reactions: readonly ReactionFigures[];
  readonly kinds: readonly KindFigures[];
  /** Those furthest behind; no more, as there may be any number of tenants and endpoints. */
  readonly slowest: readonly SubscriptionFigures[];
  /** For how long the oldest open append has held the floor. */
  readonly floorSeconds: number;
  readonly head: number;
  /** Where the log is in EventStoreDB: for how long nobody has heard of its mirror here that it has all; else null. */
  readonly mirrorSeconds: number | null;
}

const AGE_AFTER = (position: string) => `coalesce((select greatest(0, extract(epoch from clock_timestamp() - recorded_at)) from log where log.position > ${position} order by log.position limit 1), 0)::float8`;

const PROJECTIONS = `
  select name, ${AGE_AFTER('p.position')} as "lagSeconds", greatest(0, n - p.position) as behind, workers, stopped_at is not null as stopped,
    (select count(*) from parked where parked.name = p.name and parked.generation = p.generation) as parked
  from (select name, generation, min(position) as position, count(distinct w.owner) as workers
      from projection_partition as held join projection using (name) left join projection_worker as w on w.owner = held.owner and w.expires_at > clock_timestamp()
      where generation = live group by 1, 2) as p
    join projection_generation using (name, generation)`;

const REACTIONS = `
  select name, greatest(0, n - r.position) as behind, coalesce(due, 0) as due, coalesce(late, 0)::float8 as "lateSeconds"
  from reaction as r left join (
    select reaction as name, count(*) as due, extract(epoch from clock_timestamp() - min(at)) as late from agenda where at <= clock_timestamp() group by 1) as a using (name)`;

const SLOWEST = 20;

const SUBSCRIPTIONS = `
  select s.kind, s.tenant, s.id, failures > 0 as failing, coalesce(w.expires_at > clock_timestamp(), false) as followed, ${AGE_AFTER('s.position and log.tenant = s.tenant')} as "lagSeconds"
  from subscription as s left join projection_worker as w on w.owner = s.owner where not s.resting`;

const FIGURES = `
  with subscriptions as materialized (${SUBSCRIPTIONS})
  select n as head, (select case when isfinite(told) then extract(epoch from clock_timestamp() - told)::float8 else 'Infinity' end from log_mirror) as "mirrorSeconds",
    (select coalesce(jsonb_agg(to_jsonb(each) order by name), '[]') from (${PROJECTIONS}) as each) as projections,
    (select coalesce(jsonb_agg(to_jsonb(each) order by name), '[]') from (${REACTIONS}) as each) as reactions,
    (select coalesce(jsonb_agg(to_jsonb(each) order by kind), '[]') from (
      select kind, count(*), count(*) filter (where failing) as failing, count(*) filter (where not followed) as unfollowed from subscriptions group by 1) as each) as kinds,
    (select coalesce(jsonb_agg(to_jsonb(each)), '[]') from (select kind, tenant, id, "lagSeconds" from subscriptions order by "lagSeconds" desc, kind, tenant, id limit ${SLOWEST}) as each) as slowest,
    (select coalesce(max(age_seconds), 0) from log_floor_holders()) as "floorSeconds"
  from log_horizon() as n`;

/** In one statement, which finds what it looks for by indexes. */
export function figuresOf(worker: Database): Promise<Figures> {
  return worker.statements(async (sql) => {
    const [row] = await sql.query<Omit<Figures, 'head'> & { head: string }>(FIGURES, [], 'figures');
    return { ...row!, head: Number(row!.head) };
  });
}

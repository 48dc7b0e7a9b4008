import type { Database, Sql } from '../postgres/database.js';
import { PARTITIONS, type Projection } from './projection.js';

/** How far one generation of a projection has come. `position` is the lowest of its partitions. */
export interface Progress {
  readonly name: string;
  readonly generation: number;
  readonly live: boolean;
  readonly position: number;
  readonly head: number;
  /** Positions behind the head: an upper bound of the events behind, as numbers of failed appends are never used. */
  readonly behind: number;
  /** Age of the oldest event not yet applied. */
  readonly lagSeconds: number;
  readonly parked: number;
}

/** The generation that readers see, in the reader's own snapshot. */
export async function liveGeneration(sql: Sql, name: string): Promise<number> {
  const [row] = await sql.query<{ live: number }>('select live from projection where name = $1', [name]);
  if (!row) throw new Error(`The projection "${name}" has no tables yet; start a worker first.`);
  return row.live;
}

/** Makes the first generation of a projection, unless it is there. */
export function ensureProjection(database: Database, projection: Projection): Promise<void> {
  return database.transaction(async (sql) => {
    await sql.query('select pg_advisory_xact_lock(hashtext($1))', [`touchline projection ${projection.name}`]);
    const known = await sql.query('select from projection where name = $1', [projection.name]);
    if (known.length > 0) return;
    await createGeneration(sql, projection, 1);
    await sql.query('insert into projection (name, live) values ($1, 1)', [projection.name]);
  });
}

/** Begins a generation beside the live one; a worker fills it and switches when it has caught up. @returns its number */
export function beginRebuild(database: Database, projection: Projection): Promise<number> {
  return database.transaction(async (sql) => {
    await sql.query('select pg_advisory_xact_lock(hashtext($1))', [`touchline projection ${projection.name}`]);
    const generations = await generationsOf(sql, projection.name);
    const live = await liveGeneration(sql, projection.name);
    const running = generations.find((generation) => generation > live);
    if (running !== undefined) return running;
    await createGeneration(sql, projection, live + 1);
    return live + 1;
  });
}

/** The switch: both generations' rows locked, the new one at least as far as the old in every partition, one pointer turned. */
export function switchIfCaughtUp(database: Database, projection: Projection, generation: number): Promise<boolean> {
  return database.transaction(async (sql) => {
    const live = await liveGeneration(sql, projection.name);
    if (generation <= live) return false;
    const rows = await sql.query<{ generation: number; partition: number; position: string }>(
      `select generation, partition, position from projection_partition where name = $1 and generation in ($2, $3) order by generation, partition for update`,
      [projection.name, live, generation]);
    const at = (wanted: number) => rows.filter((row) => row.generation === wanted).map(({ position }) => Number(position));
    const old = at(live);
    if (at(generation).some((position, partition) => position < (old[partition] ?? 0))) return false;
    await sql.query('update projection set live = $2 where name = $1', [projection.name, generation]);
    await sql.query('update projection_partition set fence = fence + 1, owner = null where name = $1 and generation = $2', [projection.name, live]);
    return true;
  });
}

/** Drops every generation older than the live one. Waits for readers that still look at its tables. */
export function dropOldGenerations(database: Database, projection: Projection): Promise<void> {
  return database.transaction(async (sql) => {
    const live = await liveGeneration(sql, projection.name);
    for (const generation of (await generationsOf(sql, projection.name)).filter((number) => number < live)) {
      // Tables first: a worker in the middle of a batch still needs its rows in projection_partition to learn that it is fenced.
      await sql.query(projection.dropTables(generation));
      await sql.query('delete from parked where name = $1 and generation = $2', [projection.name, generation]);
      await sql.query('delete from projection_partition where name = $1 and generation = $2', [projection.name, generation]);
    }
  });
}

export async function generationsOf(sql: Sql, name: string): Promise<number[]> {
  const rows = await sql.query<{ generation: number }>('select distinct generation from projection_partition where name = $1 order by 1', [name]);
  return rows.map(({ generation }) => generation);
}

/** Progress of every generation of every projection. */
export function progressOf(database: Database): Promise<Progress[]> {
  return database.transaction(async (sql) => {
    const rows = await sql.query<{ name: string; generation: number; live: boolean; position: string; head: string; lag: string | null; parked: string }>(
      `select name, generation, generation = live as live, position, log_horizon() as head,
         (select extract(epoch from clock_timestamp() - recorded_at) from log where log.position > p.position order by log.position limit 1) as lag,
         (select count(*) from parked where parked.name = p.name and parked.generation = p.generation) as parked
       from (select name, generation, min(position) as position from projection_partition group by name, generation) as p join projection using (name)
       order by name, generation`);
    return rows.map(({ name, generation, live, position, head, lag, parked }) => ({
      name, generation, live, position: Number(position), head: Number(head), behind: Math.max(0, Number(head) - Number(position)),
      lagSeconds: Math.max(0, Number(lag ?? 0)), parked: Number(parked),
    }));
  });
}

async function createGeneration(sql: Sql, projection: Projection, generation: number): Promise<void> {
  await sql.query(projection.createTables(generation));
  await sql.query(
    `insert into projection_partition (name, generation, partition) select $1, $2, generate_series(0, $3 - 1)`,
    [projection.name, generation, PARTITIONS]);
}

import type { Database, Sql } from '../postgres/database.js';
import { compareGenerations, type Comparison } from './comparison.js';
import { pause } from '../pause.js';
import { liveGeneration } from './pointer.js';
import { PARTITIONS, type Projection } from './projection.js';
import { doorOf } from './work.js';

/**
 * Makes the first generation of a projection; where there are only generations of other versions of the code, one beside them, which takes
 * over like a rebuilt one, or as soon as it has caught up if nobody carries the live one's version any more.
 */
export function ensureProjection(database: Database, projection: Projection): Promise<void> {
  return alone(database, projection.name, async (sql) => {
    const known = await sql.query<{ generation: number; version: string }>('select generation, version from projection_generation where name = $1', [projection.name]);
    if (known.some(({ version }) => version === projection.version)) return;
    await createGeneration(sql, projection, 1 + Math.max(0, ...known.map(({ generation }) => generation)), known.length > 0);
    await sql.query('insert into projection (name, live) values ($1, 1) on conflict do nothing', [projection.name]);
  });
}

/**
 * Begins a generation beside the live one. A worker fills it and compares it with the live one; when nothing differs it takes over.
 * A generation that was kept for undoing an earlier switch is dropped first. @returns its number
 */
export function beginRebuild(database: Database, projection: Projection): Promise<number> {
  return alone(database, projection.name, async (sql) => {
    const { live, others } = await generationsOf(sql, projection.name);
    const running = others.find((generation) => generation > live);
    const [pointer] = await sql.query<{ previous: number | null }>('select previous from projection where name = $1', [projection.name]);
    if (running !== undefined && running !== pointer!.previous) return running;
    await dropAll(sql, projection, others);
    const next = Math.max(live, ...others) + 1;
    await createGeneration(sql, projection, next, true);
    return next;
  });
}

/** What kept a switch from happening. */
export interface Switch {
  readonly generation: number;
  readonly switched: boolean;
  /** Partitions in which the other generation is behind what readers have seen. */
  readonly behind: readonly number[];
}

/**
 * Turns the pointer to another generation in one transaction: both generations' rows locked, the other at least as far in every
 * partition, so that no reader goes back in time. The one that was live is kept and goes on following. Nothing is switched and nothing
 * is `behind` when the generation is live already, or gone. Waits while generations are begun or dropped.
 */
export function switchTo(database: Database, name: string, generation: number, { onlyWhileBuilding = false } = {}): Promise<Switch> {
  return alone(database, name, async (sql) => {
    const [mine] = await sql.query<{ switches: boolean }>('select switches from projection_generation where name = $1 and generation = $2 for update', [name, generation]);
    if (!mine || (onlyWhileBuilding && !mine.switches)) return { generation, switched: false, behind: [] };
    const live = await liveGeneration(sql, name);
    const rows = await sql.query<{ generation: number; partition: number; position: string }>(
      'select generation, partition, position from projection_partition where name = $1 and generation in ($2, $3) order by generation, partition for update', [name, live, generation]);
    const at = (wanted: number) => new Map(rows.filter((row) => row.generation === wanted).map((row) => [row.partition, Number(row.position)]));
    const [old, other] = [at(live), at(generation)];
    const behind = [...old].filter(([partition, position]) => (other.get(partition) ?? -1) < position).map(([partition]) => partition);
    if (generation === live || behind.length > 0) return { generation, switched: false, behind };
    await sql.query('update projection set live = $2, previous = $3 where name = $1', [name, generation, live]);
    await sql.query('update projection_generation set switches = false where name = $1', [name]);
    return { generation, switched: true, behind };
  });
}

/** Compares and keeps the report with the generation. @returns null when both are too far apart to be compared yet, or it is live or gone by now */
export async function compareAndKeep(database: Database, projection: Projection, generation: number): Promise<Comparison | null> {
  const comparison = await compareGenerations(database, projection, generation);
  if (comparison) {
    await database.transaction((sql) => sql.query('update projection_generation set comparison = $3 where name = $1 and generation = $2', [projection.name, generation, JSON.stringify(comparison)]));
  }
  return comparison;
}

const PATIENCE_MS = 5_000;
const RETRY_MS = 20;

/**
 * Called by a worker that has caught up, beside its work: both generations go on meanwhile, so the moment at which the new one
 * is nowhere behind is waited for. A difference leaves the decision to a person; who has stopped the last worker that carries what is
 * live (`abandoned`) has decided.
 */
export async function takeOverIfEqual(database: Database, projection: Projection, generation: number, { abandoned, signal }: { abandoned: boolean; signal: AbortSignal }): Promise<void> {
  if (!abandoned && !await equals(database, projection, generation)) return;
  for (const until = Date.now() + PATIENCE_MS; Date.now() < until && !signal.aborted; await pause(RETRY_MS, signal)) {
    const { switched, behind } = await switchTo(database, projection.name, generation, { onlyWhileBuilding: !abandoned });
    if (switched || behind.length === 0) return;
  }
}

async function equals(database: Database, projection: Projection, generation: number): Promise<boolean> {
  const comparison = await compareAndKeep(database, projection, generation);
  if (!comparison || comparison.moving > 0) return false;
  if (comparison.different === 0) return true;
  await database.transaction((sql) => sql.query('update projection_generation set switches = false where name = $1 and generation = $2', [projection.name, generation]));
  return false;
}

/** Drops every generation but the live one. Waits for readers that still look at their tables. @returns what was dropped */
export function dropOthers(database: Database, projection: Projection): Promise<number[]> {
  return alone(database, projection.name, async (sql) => {
    const { others } = await generationsOf(sql, projection.name);
    await dropAll(sql, projection, others);
    return others;
  });
}

async function dropAll(sql: Sql, projection: Projection, generations: readonly number[]): Promise<void> {
  for (const generation of generations) {
    await sql.query('select pg_advisory_xact_lock(hashtext($1))', [doorOf(projection.name, generation)]);
    await givingWay(sql, async () => {
      await sql.query(projection.dropTables(generation));
      for (const table of ['parked', 'projection_partition', 'projection_generation']) {
        await sql.query(`delete from ${table} where name = $1 and generation = $2`, [projection.name, generation]);
      }
    });
    await sql.query('update projection set previous = null where name = $1 and previous = $2', [projection.name, generation]);
  }
}

/** Well below the second after which the server ends one of those who wait in a circle. */
const GIVES_WAY_MS = 300;
const GAVE_WAY = new Set(['55P03', '40P01']);

/** Readers take tables in an order of their own: who has to wait long for one of them lets go of those it has, and tries again. */
async function givingWay(sql: Sql, work: () => Promise<void>): Promise<void> {
  for (;;) {
    await sql.query(`savepoint before; set local lock_timeout = ${GIVES_WAY_MS}`);
    try {
      await work();
      await sql.query('release savepoint before; set local lock_timeout to default');
      return;
    } catch (error) {
      await sql.query('rollback to savepoint before; release savepoint before');
      if (!GAVE_WAY.has((error as { code?: string }).code ?? '')) throw error;
      await new Promise((wake) => setTimeout(wake, RETRY_MS));
    }
  }
}

async function generationsOf(sql: Sql, name: string): Promise<{ live: number; others: number[] }> {
  const live = await liveGeneration(sql, name);
  const rows = await sql.query<{ generation: number }>('select generation from projection_generation where name = $1 and generation <> $2 order by 1', [name, live]);
  return { live, others: rows.map(({ generation }) => generation) };
}

/** One change of a projection's generations at a time. */
function alone<T>(database: Database, name: string, work: (sql: Sql) => Promise<T>): Promise<T> {
  return database.transaction(async (sql) => {
    await sql.query('select pg_advisory_xact_lock(hashtext($1))', [`touchline projection ${name}`]);
    return work(sql);
  });
}

async function createGeneration(sql: Sql, projection: Projection, generation: number, switches: boolean): Promise<void> {
  await sql.query(projection.createTables(generation));
  await sql.query(`insert into projection_partition (name, generation, partition) select $1, $2, generate_series(0, $3 - 1)`, [projection.name, generation, PARTITIONS]);
  await sql.query('insert into projection_generation (name, generation, version, switches) values ($1, $2, $3, $4)', [projection.name, generation, projection.version, switches]);
}

import { isDeepStrictEqual } from 'node:util';
import type { Database, Sql } from '../postgres/database.js';
import { liveGeneration } from './pointer.js';
import { type ComparedTable, type CustomerKey, keyText, type Projection } from './projection.js';
import { touchedBetween } from './roots.js';

interface Difference extends CustomerKey {
  /** Columns that differ; empty when the row is missing on one side. */
  readonly columns: readonly string[];
  readonly live: Record<string, unknown> | null;
  readonly other: Record<string, unknown> | null;
}

/** Two generations, customer by customer, each at a moment when both had applied the same facts of that customer. */
export interface Comparison {
  readonly live: number;
  readonly other: number;
  readonly at: string;
  readonly customers: number;
  readonly different: number;
  /** Customers of whom facts kept arriving while we looked, so that no equal moment was found. */
  readonly moving: number;
  /** The first twenty, with the columns that differ and their values. */
  readonly examples: readonly Difference[];
}

interface Looked { different: CustomerKey[]; moving: CustomerKey[] }

const ROUNDS = 20;
const ROUND_MS = 150;
const SHOWN = 20;
/** Further apart than this, comparing would find mostly what has not arrived yet. */
const NEAR = 5_000;
const UNDEFINED_TABLE = '42P01';

/**
 * Rows and checkpoints commit together, so one snapshot shows both generations with their positions. A customer that has no fact, by itself or by
 * who is merged into it (and whose tenant has no closed day) between the lowest and the highest of these stands at the same facts on both sides;
 * the others are looked at again in a later snapshot.
 * @returns null when the generations are too far apart, one and the same by now, or one of them was dropped meanwhile
 */
export async function compareGenerations(database: Database, projection: Projection, other: number): Promise<Comparison | null> {
  const known = await generationsOnRecord(database, projection);
  try {
    return await compare(database, projection, other);
  } catch (error) {
    if ((error as { code?: string }).code !== UNDEFINED_TABLE || isDeepStrictEqual(await generationsOnRecord(database, projection), known)) throw error;
    return null;
  }
}

function generationsOnRecord(database: Database, { name }: Projection): Promise<object[]> {
  return database.statements((sql) => sql.query('select generation from projection_generation where name = $1 order by 1', [name]));
}

async function compare(database: Database, projection: Projection, other: number): Promise<Comparison | null> {
  let moving: CustomerKey[] | null = null;
  const different = new Map<string, CustomerKey>();
  for (let round = 1; round <= ROUNDS; round++) {
    const only: CustomerKey[] | null = moving;
    const seen: Looked | null = await database.transaction((sql) => look(sql, projection, other, only), 'repeatable read');
    if (!seen) return null;
    for (const key of seen.different) different.set(keyText(key), key);
    moving = seen.moving;
    if (moving.length === 0 || round === ROUNDS) break;
    await new Promise((wake) => setTimeout(wake, ROUND_MS));
  }
  return database.transaction(async (sql) => {
    const live = await liveGeneration(sql, projection.name);
    // Another worker has switched meanwhile.
    if (live === other) return null;
    const keys = [...different.values()].sort((a, b) => keyText(a).localeCompare(keyText(b)));
    return {
      live, other, at: new Date().toISOString(), customers: await countCustomers(sql, projection, [live, other]), different: keys.length, moving: moving!.length,
      examples: await examplesOf(sql, projection, [live, other], keys.slice(0, SHOWN)),
    };
  }, 'repeatable read');
}

/** One snapshot: who differs, and who cannot be told yet. `only`: the customers that could not be told before. */
async function look(sql: Sql, projection: Projection, other: number, only: readonly CustomerKey[] | null): Promise<Looked | null> {
  const live = await liveGeneration(sql, projection.name);
  if (live === other) return null;
  const [span] = await sql.query<{ low: string | null; high: string | null }>(
    'select min(position) as low, max(greatest(position, ticking)) as high from projection_partition where name = $1 and generation in ($2, $3)', [projection.name, live, other]);
  const [low, high] = [Number(span!.low), Number(span!.high)];
  if (high - low > NEAR) return null;
  const between = await sql.query<{ tenant: string; category: string; stream: string }>(
    'select distinct tenant, category, stream from log where position > $1 and position <= $2 and category = any($3)', [low, high, projection.categories]);
  const streams = between.flatMap(({ tenant, category, stream }) => (category === 'customer' ? [{ tenant, customer: stream }] : []));
  const touched = await touchedBetween(sql, projection, streams, [low, high]);
  for (const { tenant, category } of between) if (category !== 'customer') touched.add(tenant);
  const found = new Map<string, CustomerKey & { moves: boolean }>();
  for (const table of projection.compared) {
    for (const { moves, ...key } of await differing(sql, table, [live, other], only)) {
      const text = keyText(key);
      found.set(text, { ...key, moves: moves || touched.has(key.tenant) || touched.has(text) || (found.get(text)?.moves ?? false) });
    }
  }
  const keys = [...found.values()];
  const bare = (moves: boolean) => keys.filter((key) => key.moves === moves).map(({ tenant, customer }) => ({ tenant, customer }));
  return { different: bare(false), moving: bare(true) };
}

async function differing(sql: Sql, table: ComparedTable, [live, other]: readonly [number, number], only: readonly CustomerKey[] | null): Promise<(CustomerKey & { moves: boolean })[]> {
  const { name, key, unsettled } = table;
  return sql.query(
    `select tenant, customer, bool_or(${unsettled ? `coalesce(a.${unsettled}, b.${unsettled}) is not null` : 'false'}) as moves
     from ${name(live)} as a full join ${name(other)} as b using (${key.join(', ')})
     where (${await unlike(sql, table, [live, other])}) and ($1::text[] is null or (tenant, customer) in (select * from unnest($1::text[], $2::text[])))
     group by tenant, customer`,
    [only?.map(({ tenant }) => tenant) ?? null, only?.map(({ customer }) => customer) ?? null]);
}

/**
 * What is true of rows `a` and `b` that differ, column by column: that takes half the time of making JSON of whole rows. A column that one side lacks makes all rows differ.
 * `heldSays`: `a` is to say that it is held, whatever `b` says.
 */
export async function unlike(sql: Sql, { name, held }: ComparedTable, [live, other]: readonly [number, number], heldSays = false): Promise<string> {
  const columns = await sql.query<{ name: string; sides: number; comparable: boolean }>(
    `select quote_ident(attname) as name, count(*)::int as sides, min(atttypid::int8) = max(atttypid::int8) and bool_and(atttypid <> 'json'::regtype) as comparable
     from pg_attribute where attrelid in ($1::regclass, $2::regclass) and attnum > 0 and not attisdropped group by attname order by min(attnum)`, [name(live), name(other)]);
  if (columns.some(({ sides }) => sides === 1)) return 'true';
  return columns.map(({ name: column, comparable }) => (
    heldSays && column === held ? `not a.${column}` : comparable ? `a.${column} is distinct from b.${column}`
      // What is the same text is the same value, and that is soon seen.
      : `(a.${column}::text is distinct from b.${column}::text and to_jsonb(a.${column}) is distinct from to_jsonb(b.${column}))`)).join(' or ');
}

async function countCustomers(sql: Sql, { compared }: Projection, generations: readonly number[]): Promise<number> {
  const keys = compared.flatMap(({ name }) => generations.map((generation) => `select tenant, customer from ${name(generation)}`)).join(' union ');
  return (await sql.query<{ customers: number }>(`select count(*)::int as customers from (${keys}) as keys`))[0]!.customers;
}

async function examplesOf(sql: Sql, { compared }: Projection, [live, other]: readonly [number, number], keys: readonly CustomerKey[]): Promise<Difference[]> {
  const found: Difference[] = [];
  for (const table of keys.length > 0 ? compared : []) {
    const rows = await sql.query<CustomerKey & { a: Record<string, unknown> | null; b: Record<string, unknown> | null }>(
      `select distinct on (tenant, customer) tenant, customer, to_jsonb(a) as a, to_jsonb(b) as b from ${table.name(live)} as a full join ${table.name(other)} as b using (${table.key.join(', ')})
       where (tenant, customer) in (select * from unnest($1::text[], $2::text[])) and (${await unlike(sql, table, [live, other])}) order by tenant, customer`,
      [keys.map(({ tenant }) => tenant), keys.map(({ customer }) => customer)]);
    found.push(...rows.map(differenceOf));
  }
  return found;
}

function differenceOf({ tenant, customer, a, b }: CustomerKey & { a: Record<string, unknown> | null; b: Record<string, unknown> | null }): Difference {
  const columns = a && b ? Object.keys({ ...a, ...b }).filter((column) => !isDeepStrictEqual(a[column], b[column])) : [];
  const of = (row: Record<string, unknown> | null) => row && Object.fromEntries(columns.map((column) => [column, row[column]]));
  return { tenant, customer, columns, live: of(a), other: of(b) };
}

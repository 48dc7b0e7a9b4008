import { LRUCache } from 'lru-cache';
import { type MergeFact, Roots } from '#journey';
import type { Sql } from './database.js';
import { toIso } from './log-row.js';
import { MERGES } from './read.js';

/** A fact that says which customers are one, as short as roots need it. */
export interface ShortMerge extends MergeFact {
  readonly observedAt: string;
  readonly revision: number;
  /** The number of its position. */
  readonly position: number;
}

/** The facts that say which customers of a tenant are one, in log order, and what they come to. Remembered by the process: not to be changed, but copied. */
export interface Merges {
  readonly facts: readonly ShortMerge[];
  readonly roots: Roots<ShortMerge>;
  /** The latest `observedAt` of them; empty without any. */
  readonly newest: string;
}

/** As far as the log is final, which it was at `mark`: before the next fact nothing can appear any more. */
interface Remembered extends Merges {
  readonly last: Pick<Row, 'position' | 'name'> | undefined;
  readonly mark: { readonly horizon: number; readonly at: string } | undefined;
}

interface Row {
  readonly position: number;
  /** Tells it from whatever else stood at this position in another life of the log. */
  readonly name: string;
  /** Read by a transaction that had not begun at the mark. */
  readonly sinceMark: boolean;
  readonly fact: ShortMerge;
}

const NOTHING: Remembered = { facts: [], roots: new Roots(), newest: '', last: undefined, mark: undefined };
const FACTS = 200_000;
const memories = new WeakMap<object, LRUCache<string, Remembered>>();

/** As the snapshot of `sql` has them. However many there are, only the last one that is remembered is read again, and what came after it: it tells that all those before it are in this snapshot too. */
export async function mergesOf(sql: Sql, tenant: string): Promise<Merges> {
  const memory = memories.get(sql.database) ?? new LRUCache<string, Remembered>({ maxSize: FACTS, sizeCalculation: ({ facts }) => 1 + facts.length });
  memories.set(sql.database, memory);
  const known = memory.get(tenant) ?? NOTHING;
  const rows = await readFrom(sql, tenant, known);
  if (known.last && rows[0]?.name !== known.last.name) {
    memory.delete(tenant);
    return added(NOTHING, await readFrom(sql, tenant, NOTHING));
  }
  const fresh = known.last ? rows.slice(1) : rows;
  if (fresh.length === 0) return known;
  const settled = fresh.filter(({ position, sinceMark }) => sinceMark && position <= known.mark!.horizon);
  const base = added(known, settled);
  memory.set(tenant, settled.length === fresh.length ? base : { ...base, mark: await markOf(sql) });
  return added(base, fresh.slice(settled.length));
}

function added(known: Remembered, rows: readonly Row[]): Remembered {
  if (rows.length === 0) return known;
  const roots = known.roots.copy();
  let { newest } = known;
  for (const { fact } of rows) {
    roots.add(fact);
    if (fact.observedAt > newest) newest = fact.observedAt;
  }
  return { facts: [...known.facts, ...rows.map(({ fact }) => fact)], roots, newest, last: rows.at(-1), mark: known.mark };
}

async function readFrom(sql: Sql, tenant: string, { last, mark }: Remembered): Promise<Row[]> {
  const rows = await sql.texts(
    `select stream, revision, type, data->>'into', observed_at, import_id, position, (select n from epoch), coalesce(now() > $3::timestamptz, false)
     from log where tenant = $1 and ${MERGES} and position >= $2 order by tenant, position`, [tenant, last?.position ?? 0, mark?.at ?? null], 'read_merges');
  return rows.map(([id, revision, type, into, observedAt, importId, position, epoch, sinceMark]) => ({
    position: Number(position), name: `${epoch}.${position} ${id}`, sinceMark: sinceMark === 't',
    fact: { stream: { id: id! }, revision: Number(revision), position: Number(position), type: type!, data: into === null ? {} : { into }, observedAt: toIso(observedAt!), importId: importId ?? undefined },
  }));
}

/** How far the log is final, and a moment after that: whatever begins later sees all up to there. */
async function markOf(sql: Sql): Promise<{ horizon: number; at: string }> {
  const [row] = await sql.texts('select horizon, clock_timestamp() from (select log_horizon() as horizon offset 0) as looked', [], 'mark_merges');
  return { horizon: Number(row![0]), at: row![1]! };
}

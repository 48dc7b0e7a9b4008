import { parsePosition } from '#journey';
import type { Database, Sql } from '../postgres/database.js';
import { readLastOfStreams } from '../postgres/read.js';
import { inWork } from './in-work.js';
import type { Building, Lease, Leases } from './leases.js';
import { type CustomerKey, partitionOf, type Projection, type Work } from './projection.js';

export interface BuildParts {
  readonly database: Database;
  readonly leases: Leases;
  readonly projection: Projection;
  readonly generation: number;
  readonly signal: AbortSignal;
}

/** So many streams are looked at in one statement; a slice has as many customers as have so many facts together. */
const LOOKED_AT = 1_000;
const FACTS = 5_000;
/** Slices in work at a time: while one waits for the database, another is computed. */
const LANES = 3;

/**
 * Fills partitions that have nothing yet: customer by customer from their streams up to one position, each row written once,
 * instead of fact by fact. Every slice commits by itself, and then it is kept how far all have come, so that whoever takes over goes on from there.
 * @returns the leases, standing at that position; sooner when the signal aborts
 */
export async function build(parts: BuildParts, held: readonly Lease[], head: number): Promise<Lease[]> {
  const done = held.filter(({ position, building }) => position > 0 && !building);
  const groups = new Map<string, Lease[]>();
  for (const lease of held.filter((each) => !done.includes(each))) {
    const key = JSON.stringify(lease.building);
    groups.set(key, [...groups.get(key) ?? [], lease]);
  }
  for (const leases of groups.values()) done.push(...await buildGroup(parts, leases, head));
  return done.sort((a, b) => a.partition - b.partition);
}

async function buildGroup(parts: BuildParts, group: readonly Lease[], head: number): Promise<Lease[]> {
  const { database, leases, signal } = parts;
  if (head === 0) return [...group];
  let held = group[0]!.building ? [...group] : await begin(parts, group, head);
  const { upTo } = held[0]!.building!;
  const running: { readonly done: Promise<void>; readonly last: CustomerKey }[] = [];
  let from = held[0]!.building!.after;
  for (let ended = false; !ended || running.length > 0;) {
    if (!ended && running.length < LANES) {
      const { customers, last } = await database.statements((sql) => nextSlice(sql, from, held));
      ended = last === null || signal.aborted;
      if (!ended && last) running.push({ done: fill(parts, held, { upTo, customers }), last });
      from = last;
      continue;
    }
    // In their order, so that nothing before what is kept is missing.
    const { done, last } = running.shift()!;
    await done;
    held = await database.statements((sql) => leases.keepBuilding(sql, held, { upTo, after: last }));
  }
  return signal.aborted ? held : database.statements((sql) => leases.advance(sql, held, upTo));
}

/** One slice. Written again by whoever goes on where it was not kept that it is done. */
function fill(parts: BuildParts, held: readonly Lease[], { upTo, customers }: { upTo: number; customers: readonly CustomerKey[] }): Promise<void> {
  const done = inTransaction(parts, held, upTo, async (work) => {
    if (customers.length > 0) await parts.projection.refold(work, customers);
    await parts.leases.check(work.sql, held);
  });
  // It is awaited in its turn; until then its failure is not nobody's.
  done.catch(() => undefined);
  return done;
}

/** What the clock has said comes first: customers are then computed once, for the day that it is. */
function begin(parts: BuildParts, group: readonly Lease[], head: number): Promise<Lease[]> {
  const { projection, leases } = parts;
  const building: Building = { upTo: head, after: null };
  return inTransaction(parts, group, head, async (work) => {
    const ticks = await readLastOfStreams(work.sql, projection.categories.filter((category) => category !== 'customer'), head);
    for (const tick of ticks) while (await projection.tick?.({ ...work, upTo: parsePosition(tick.position).n }, tick));
    return leases.keepBuilding(work.sql, group, building);
  });
}

function inTransaction<T>({ database, projection, generation }: BuildParts, held: readonly Lease[], upTo: number, write: (work: Work) => Promise<T>): Promise<T> {
  return inWork(database, projection.name, { generation, partitions: held.map(({ partition }) => partition), upTo }, write);
}

interface Slice {
  readonly customers: readonly CustomerKey[];
  /** Up to here, in key order, all are looked at; null at the end. */
  readonly last: CustomerKey | null;
}

async function nextSlice(sql: Sql, after: CustomerKey | null, held: readonly Lease[]): Promise<Slice> {
  const rows = await sql.query<CustomerKey & { facts: string }>(
    `select tenant, id as customer, revision + 1 as facts from stream
     where category = 'customer' and ($1::text is null or (tenant, category, id) > ($1, 'customer', $2)) order by tenant, category, id limit $3`,
    [after?.tenant ?? null, after?.customer ?? null, LOOKED_AT], 'next_slice');
  const partitions = new Set(held.map(({ partition }) => partition));
  const customers: CustomerKey[] = [];
  let last: CustomerKey | null = null;
  for (let facts = 0, next = 0; next < rows.length && facts < FACTS; next++) {
    const { tenant, customer, facts: count } = rows[next]!;
    last = { tenant, customer };
    if (!partitions.has(partitionOf(tenant, customer))) continue;
    customers.push(last);
    facts += Number(count);
  }
  return { customers, last };
}


import { formatPosition, type Position } from '#journey';
import type { Database, Sql } from '../postgres/database.js';
import { mergesOf } from '../postgres/merges.js';
import { readEpoch } from '../postgres/read.js';
import { type CustomerKey, keyText, partitionOf, type Projection, type Work } from './projection.js';
import { rootsAt } from './roots.js';
import { doorOf, openWork } from './work.js';

export interface WaitingEvent { readonly position: Position; readonly type: string; readonly source: string; readonly id: string }

/** A customer that one projection holds back. */
export interface Parked extends CustomerKey {
  readonly projection: string;
  readonly generation: number;
  readonly live: boolean;
  readonly partition: number;
  /** The fact that could not be handled; its type, and what went wrong. */
  readonly position: Position;
  readonly type: string;
  readonly error: string;
  readonly cause: string;
  readonly since: string;
  /** How many facts of this customer wait, and the first hundred of them in their order. A day that could not be closed is not among them. */
  readonly waiting: number;
  readonly events: readonly WaitingEvent[];
}

export interface ParkedFilter {
  readonly tenant: string;
  readonly projection?: string;
  readonly customer?: string;
}

const SHOWN = 100;

interface ParkedRow {
  name: string; generation: number; live: boolean; tenant: string; customer: string; position: string; type: string; reason: string; cause: string;
  parked_at: Date; waiting: string; events: { n: number; type: string; source: string; id: string }[] | null;
}

/**
 * Who is parked, longest first, with either role. The log is the queue: what waits are the facts, of the customer and of who is merged into it where the
 * projection takes them together, from the bad one up to the checkpoint.
 */
export function listParked(database: Database, { tenant, projection, customer }: ParkedFilter): Promise<Parked[]> {
  return database.inTenant(tenant, async (sql) => {
    const epoch = await readEpoch(sql);
    const { roots } = await mergesOf(sql, tenant);
    const shared = roots.shared().flatMap((root) => roots.members(root).map((member) => [root, member] as const));
    const rows = await sql.query<ParkedRow>(
      `select parked.*, parked.generation = projection.live as live, bad.type, queue.waiting, queue.events
       from parked join projection using (name) left join log as bad on bad.position = parked.position,
         lateral (
           select count(*) as waiting, jsonb_agg(jsonb_build_object('n', position, 'type', type, 'source', source, 'id', id) order by position) filter (where place <= $4) as events
           from (select position, type, source, id, row_number() over (order by position) as place from log
                 where log.tenant = parked.tenant and category = 'customer' and log.position >= parked.position
                   and stream = any(array[parked.customer] || array(select member from unnest($5::text[], $6::text[]) as shared (root, member) where parked.together and root = parked.customer))
                   and log.position <= (select max(position) from projection_partition as p where p.name = parked.name and p.generation = parked.generation)) as facts) as queue
       where parked.tenant = $1 and ($2::text is null or parked.name = $2) and ($3::text is null or customer = $3) order by parked_at, name, generation, customer`,
      [tenant, projection ?? null, customer ?? null, SHOWN, shared.map(([root]) => root), shared.map(([, member]) => member)]);
    return rows.map((row) => ({
      projection: row.name, generation: row.generation, live: row.live, partition: partitionOf(row.tenant, row.customer), tenant: row.tenant, customer: row.customer,
      position: formatPosition(epoch, Number(row.position)), type: row.type, error: row.reason, cause: row.cause, since: row.parked_at.toISOString(),
      waiting: Number(row.waiting), events: (row.events ?? []).map(({ n, ...event }) => ({ position: formatPosition(epoch, n), ...event })),
    }));
  });
}

const AT_ONCE = 50;

/**
 * Folds customers anew from the log, in order, up to the checkpoint of their partition, in every generation of the projection; with whoever stands for
 * them, where merged customers are taken together. For the length of a transaction the partition is taken from its worker: the fence rises, so a batch
 * in flight rolls back and is done again on top of this.
 */
export async function refoldCustomers(database: Database, projection: Projection, keys: readonly CustomerKey[]): Promise<void> {
  const generations = await database.transaction((sql) => sql.query<{ generation: number }>('select generation from projection_generation where name = $1 order by 1', [projection.name]));
  const roots = await database.statements((sql) => rootsAt(sql, projection, Number.MAX_SAFE_INTEGER));
  const wanted = keys.flatMap((key) => [key, ...(roots ? [roots.rootOf({ tenant: key.tenant, id: key.customer })] : [])]);
  const partitions = new Map<number, CustomerKey[]>();
  for (const key of new Map(wanted.map((each) => [keyText(each), each])).values()) {
    const partition = partitionOf(key.tenant, key.customer);
    partitions.set(partition, [...partitions.get(partition) ?? [], key]);
  }
  for (const { generation } of generations) {
    for (const [partition, customers] of partitions) {
      for (let start = 0; start < customers.length; start += AT_ONCE) {
        await retrying(() => refoldIn(database, projection, { generation, partition, customers: customers.slice(start, start + AT_ONCE) }));
      }
    }
  }
}

function refoldIn(database: Database, projection: Projection, { generation, partition, customers }: { generation: number; partition: number; customers: CustomerKey[] }): Promise<void> {
  return database.transaction(async (sql) => {
    await sql.query('select pg_advisory_xact_lock_shared(hashtext($1))', [doorOf(projection.name, generation)]);
    const [row] = await sql.query<{ position: string }>(
      'update projection_partition set fence = fence + 1 where name = $1 and generation = $2 and partition = $3 returning coalesce(building, position) as position', [projection.name, generation, partition]);
    if (!row) return;
    const upTo = Number(row.position);
    await refoldAnew(await openWork(sql, projection.name, { generation, partitions: [partition], upTo, roots: await rootsAt(sql, projection, upTo) }), projection, customers);
  });
}

/** Computes customers anew, held or not: who can be computed is held no longer. */
export async function refoldAnew(work: Work, projection: Projection, customers: readonly CustomerKey[]): Promise<void> {
  const failed = new Set<string>();
  await projection.refold({
    ...work,
    isHeld: (key) => failed.has(keyText(key)),
    hold: (key, position, error) => { failed.add(keyText(key)); return work.hold(key, position, error); },
  }, customers);
  const freed = customers.filter((key) => !failed.has(keyText(key)));
  await work.sql.query('delete from parked where name = $1 and generation = $2 and (tenant, customer) in (select * from unnest($3::text[], $4::text[]))',
    [projection.name, work.generation, freed.map(({ tenant }) => tenant), freed.map(({ customer }) => customer)]);
}

/** A worker in the middle of a batch may hold a row that we want while it waits for the partition that we hold. */
async function retrying<T>(work: () => Promise<T>): Promise<T> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await work();
    } catch (error) {
      if (attempt === 5 || (error as { code?: string }).code !== '40P01') throw error;
    }
  }
}

const MANY = 100;
const SHARE_OF_CUSTOMERS = 0.01;
const FEW = 10;

/** One cause that parks more than a hundred customers, or more than 1 % (and more than ten), is no bad fact but a bad program: the projection stops. */
export async function stopIfTooMany(sql: Sql, name: string, generation: number): Promise<void> {
  const [worst] = await sql.query<{ cause: string; customers: number }>(
    `select cause, count(*)::int as customers from parked where name = $1 and generation = $2 and not accepted group by cause having count(*) > $3 order by 2 desc limit 1`,
    [name, generation, FEW]);
  if (!worst) return;
  const [total] = await sql.query<{ customers: number }>(`select count(*)::int as customers from stream where category = 'customer'`);
  if (worst.customers <= MANY && worst.customers <= total!.customers * SHARE_OF_CUSTOMERS) return;
  await sql.query('update projection_generation set stopped_at = now(), stopped_cause = $3, stopped_customers = $4 where name = $1 and generation = $2', [name, generation, worst.cause, worst.customers]);
}

/** Lets a stopped projection go on. Who is parked by now is accepted: only further ones count. @returns whether it had stopped */
export function resumeProjection(database: Database, name: string): Promise<boolean> {
  return database.transaction(async (sql) => {
    await sql.query('update parked set accepted = true where name = $1', [name]);
    const rows = await sql.query(
      'update projection_generation set stopped_at = null, stopped_cause = null, stopped_customers = null where name = $1 and stopped_at is not null returning name', [name]);
    return rows.length > 0;
  });
}

/** What has happened and what to do, in words for a log, a list and a health check. */
export function stopText(name: string, { cause, customers }: { cause: string; customers: number }): string {
  return `The projection ${name} has stopped: ${customers} customers are parked for one cause (${cause}). Mend the cause and start the new version, `
    + `then \`touchline projections retry ${name}\` and \`touchline projections resume ${name}\`; to go on without these customers, resume only.`;
}

/** A sentence for every projection that has stopped. */
export function stoppedProjections(database: Database): Promise<string[]> {
  return database.transaction(async (sql) => {
    const rows = await sql.query<{ name: string }>('select distinct name from projection_generation where stopped_at is not null order by name');
    return rows.map(({ name }) => name);
  });
}

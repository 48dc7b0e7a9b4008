import { liveGeneration } from '../engine/pointer.js';
import { type CustomerKey, keyText, type Projection } from '../engine/projection.js';
import { openWork } from '../engine/work.js';
import type { Database } from '../postgres/database.js';
import { checkpointsOf } from './checkpoints.js';
import type { Pages } from './pages.js';
import { type RowDifference, SHOWN, type Verified } from './report.js';
import { differencesOf } from './row-differences.js';
import { inScratch } from './scratch.js';
import { tickAll, tickCategories } from './ticks.js';
import { verifySlice } from './verify-slice.js';

const ROUNDS = 10;
const ROUND_MS = 500;
/** Strangers beyond so many change nothing in what is to be done. */
const STRANGERS = 1_000;

interface Rows { readonly projection: Projection; readonly generation: number }

/** What was found so far; the differences are the first few. */
export interface Found extends Verified {
  readonly differences: readonly RowDifference[];
}

/** Every customer of the log, and every row that speaks of another one. Yields after each slice. */
export async function* verifyProjection(database: Database, { projection, generation }: Rows, { customers: size }: Pages): AsyncGenerator<Found> {
  let found: Found = {
    projection: projection.name, generation, live: await database.transaction((sql) => liveGeneration(sql, projection.name)) === generation,
    customers: 0, different: 0, held: 0, waiting: 0, differences: await verifyTenants(database, projection, generation),
  };
  const look = async (keys: readonly CustomerKey[]): Promise<readonly CustomerKey[]> => {
    const { different, held, waiting } = await verifySlice(database, projection, generation, keys);
    found = {
      ...found, held: found.held + held, different: found.different + new Set(different.map(({ tenant, customer }) => `${tenant}/${customer}`)).size,
      differences: [...found.differences, ...different].slice(0, SHOWN),
    };
    return waiting;
  };
  found = { ...found, different: found.differences.length };
  let waiting: CustomerKey[] = [];
  for await (const keys of customersOf(database, { projection, generation }, size)) {
    waiting.push(...await look(keys));
    found = { ...found, customers: found.customers + keys.length, waiting: waiting.length };
    yield found;
  }
  for (let round = 1; round <= ROUNDS && waiting.length > 0; round++) {
    await new Promise((wake) => setTimeout(wake, ROUND_MS));
    const again: CustomerKey[] = [];
    for (let start = 0; start < waiting.length; start += size) {
      again.push(...await look(waiting.slice(start, start + size)));
      yield found;
    }
    waiting = again;
    found = { ...found, waiting: waiting.length };
  }
  yield found;
}

/** In the order of the streams, so that a page is a look into the index; then those of whom there is a row and no stream. */
async function* customersOf(database: Database, { projection, generation }: Rows, size: number): AsyncGenerator<CustomerKey[]> {
  for (let after: CustomerKey = { tenant: '', customer: '' }; ;) {
    const { tenant, customer }: CustomerKey = after;
    const keys = await database.transaction((sql) => sql.query<{ tenant: string; customer: string }>(
      `select tenant, id as customer from stream where (tenant, category, id) > ($1, 'customer', $2) and category = 'customer' order by tenant, category, id limit $3`, [tenant, customer, size]));
    if (keys.length > 0) yield keys;
    if (keys.length < size) break;
    after = keys.at(-1)!;
  }
  const strangers = await database.transaction(async (sql) => {
    const rows: { tenant: string; customer: string }[] = [];
    for (const { name } of projection.compared) {
      rows.push(...await sql.query<{ tenant: string; customer: string }>(
        `select distinct tenant, customer from ${name(generation)} as row where not exists (
           select from stream where stream.tenant = row.tenant and category = 'customer' and stream.id = row.customer) limit $1`, [STRANGERS]));
    }
    return [...new Map(rows.map((key) => [keyText(key), key])).values()];
  });
  for (let start = 0; start < strangers.length; start += size) yield strangers.slice(start, start + size);
}

/** Tables that speak of whole tenants, such as which of their days are closed. */
function verifyTenants(database: Database, projection: Projection, generation: number): Promise<RowDifference[]> {
  const { tenantTables = [] } = projection;
  if (tenantTables.length === 0) return Promise.resolve([]);
  return inScratch(database, projection, async (sql, scratch) => {
    const tenants = (await sql.query<{ tenant: string }>('select distinct tenant from stream where category = any($1)', [tickCategories(projection)])).map(({ tenant }) => tenant);
    const checkpoints = await checkpointsOf(sql, projection, generation);
    for (const { partition, upTo } of checkpoints) {
      await tickAll(projection, await openWork(sql, projection.name, { generation: scratch, partitions: [partition], upTo }), tenants);
    }
    const different: RowDifference[] = [];
    for (const table of tenantTables) different.push(...await differencesOf({ sql, projection, generation, scratch }, table, { only: null, held: false }));
    const moving = new Set<unknown>(checkpoints.filter((each) => each.moving).map(({ partition }) => partition));
    return different.filter(({ row }) => !moving.has(row['partition']));
  });
}

import { type CustomerKey, keyText, partitionOf, type Projection, type Work } from '../engine/projection.js';
import { openWork } from '../engine/work.js';
import type { Database, Sql } from '../postgres/database.js';
import { readLogRows } from '../postgres/read.js';
import { checkpointsOf } from './checkpoints.js';
import { differencesIn, unfounded, waitingIn } from './row-differences.js';
import type { RowDifference } from './report.js';
import { inScratch } from './scratch.js';
import { tick, tickAll, tickCategories } from './ticks.js';

/** What one snapshot showed of some customers. */
export interface SliceSeen {
  readonly different: readonly RowDifference[];
  readonly held: number;
  /** Rows that say that they wait to be computed anew: to be looked at again. */
  readonly waiting: readonly CustomerKey[];
}

interface Slice { readonly sql: Sql; readonly projection: Projection; readonly generation: number; readonly scratch: number }

/**
 * Folds these customers from the log, each up to the checkpoint of its partition, and compares. Rows and checkpoints are seen in one snapshot, so
 * workers may go on meanwhile: what is found is different, never merely on the move.
 */
export function verifySlice(database: Database, projection: Projection, generation: number, keys: readonly CustomerKey[]): Promise<SliceSeen> {
  return inScratch(database, projection, async (sql, scratch) => {
    const slice = { sql, projection, generation, scratch };
    const checkpoints = await checkpointsOf(sql, projection, generation);
    const parked = await parkedOf(sql, projection, generation, keys);
    const waiting = new Set((await waitingIn(slice, keys)).map(keyText));
    const different: RowDifference[] = [];
    for (const { partition, upTo, moving } of checkpoints) {
      const mine = keys.filter(({ tenant, customer }) => partitionOf(tenant, customer) === partition);
      if (moving) mine.forEach((key) => waiting.add(keyText(key)));
      if (mine.length === 0) continue;
      const work = await openWork(sql, projection.name, { generation: scratch, partitions: [partition], upTo });
      for (const key of mine.filter((each) => parked.has(keyText(each)) && !waiting.has(keyText(each)))) different.push(...await verifyHeld(slice, work, key, parked.get(keyText(key))!));
      const free = mine.filter((key) => !parked.has(keyText(key)) && !waiting.has(keyText(key)));
      await tickAll(projection, work, [...new Set(free.map(({ tenant }) => tenant))]);
      await projection.refold(work, free);
      different.push(...await differencesIn(slice, free));
    }
    different.push(...await unfounded(slice, keys));
    return { different, held: parked.size, waiting: keys.filter((key) => waiting.has(keyText(key)) && !parked.has(keyText(key))) };
  });
}

/** The row of a held customer stands still before the bad fact, on the day that was open when it was last computed: some day between then and now. */
async function verifyHeld(slice: Slice, work: Work, key: CustomerKey, badAt: number): Promise<RowDifference[]> {
  const { sql, projection } = slice;
  await sql.query('savepoint held');
  await tickAll(projection, { ...work, upTo: badAt - 1 }, [key.tenant]);
  const after = await readLogRows(sql, badAt - 1, work.upTo, Number.MAX_SAFE_INTEGER, { tenant: key.tenant, categories: tickCategories(projection) });
  let nearest: RowDifference[] | undefined;
  for (const fact of [null, ...after]) {
    if (fact) await tick(projection, work, fact);
    await projection.refold({ ...work, upTo: badAt - 1 }, [key]);
    const found = await differencesIn(slice, [key], true);
    if (!nearest || size(found) < size(nearest)) nearest = found;
    if (found.length === 0) break;
  }
  await sql.query('rollback to savepoint held');
  return nearest!;
}

const size = (found: readonly RowDifference[]): number => found.reduce((sum, { columns }) => sum + 1 + columns.length, 0);

async function parkedOf(sql: Sql, { name }: Projection, generation: number, keys: readonly CustomerKey[]): Promise<Map<string, number>> {
  const rows = await sql.query<CustomerKey & { position: string }>(
    'select tenant, customer, position from parked where name = $1 and generation = $2 and (tenant, customer) in (select * from unnest($3::text[], $4::text[]))',
    [name, generation, keys.map(({ tenant }) => tenant), keys.map(({ customer }) => customer)]);
  return new Map(rows.map((row) => [keyText(row), Number(row.position)]));
}

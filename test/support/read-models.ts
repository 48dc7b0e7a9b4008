import { type Database, type EventStore, progressOf } from '#event-store';
import { parsePosition } from '#journey';

/** The read models that `rowsOf` compares: whoever follows the log here keeps these, and maybe others. */
const ROWS = ['customers', 'timeline'];

/** Rows of the live read models. */
export interface Rows { customers: Record<string, unknown>[]; timeline: Record<string, unknown>[] }

export function rowsOf(worker: Database, tenants: readonly string[]): Promise<Rows> {
  return worker.transaction(async (sql) => {
    const live = new Map((await sql.query<{ name: string; live: number }>('select name, live from projection')).map(({ name, live: generation }) => [name, generation]));
    const rows = (table: string, order: string) => sql.query(`select * from touchline_read.${table} where tenant = any($1) order by tenant, ${order}`, [tenants]);
    return { customers: await rows(`customer_${live.get('customers')}`, 'customer'), timeline: await rows(`timeline_${live.get('timeline')}`, 'position') };
  });
}

/** Until the live read models stand at the head and nothing is left to settle. */
export async function caughtUp(worker: Database, store: EventStore): Promise<void> {
  await eventually(async () => {
    const head = parsePosition(await store.head()).n;
    const progress = (await progressOf(worker)).filter(({ live }) => live);
    const stale = await worker.transaction(async (sql) => {
      const [row] = await sql.query<{ live: number }>(`select live from projection where name = 'customers'`);
      return sql.query(`select from touchline_read.customer_${row!.live} where stale and not held`);
    });
    return ROWS.every((name) => progress.some((each) => each.name === name)) && progress.every(({ position }) => position >= head) && stale.length === 0;
  });
}

/** Until the generations given have taken over. */
export async function rebuilt(worker: Database, store: EventStore, generation: ReadonlyMap<string, number>): Promise<void> {
  await eventually(async () => {
    const progress = await progressOf(worker);
    const differs = progress.find(({ state, comparison }) => state === 'building' && (comparison?.different ?? 0) > 0);
    if (differs) throw new Error(`The rebuilt rows differ: ${JSON.stringify(differs.comparison)}`);
    return [...generation].every(([name, wanted]) => progress.some((each) => each.name === name && each.live && each.generation === wanted));
  });
  await caughtUp(worker, store);
}

export async function eventually(condition: () => Promise<boolean>): Promise<void> {
  for (let attempt = 0; attempt < 800; attempt++) {
    if (await condition()) return;
    await new Promise((wake) => setTimeout(wake, 25));
  }
  throw new Error('It did not happen within 20 seconds.');
}

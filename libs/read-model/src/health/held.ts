import { readEpoch, readPositions, type Sql } from '#event-store';
import type { ToldEvent } from '#insight';
import { lastGood } from '../projections/last-good.js';
import { type Evidence, evidenceOf, lastPosition } from './health-answer.js';

/** What can be computed of a story, from which of its facts, and whether a fact holds the rest back. */
interface Computed<T> {
  readonly value: T;
  readonly events: readonly ToldEvent[];
  readonly bad: ToldEvent | undefined;
}

/** Computes from the whole story, or else from what comes before the first fact that cannot be read: a read is held where the rows are, and does not fail. */
export function computable<T>(story: readonly ToldEvent[], compute: (events: readonly ToldEvent[]) => T): Computed<T> {
  try {
    return { value: compute(story), events: story, bad: undefined };
  } catch {
    const { good, bad } = lastGood(story, compute);
    return { value: compute(good), events: good, bad };
  }
}

/** The fact since which a customer is held, with where the answer stands: `held` is what its row says. */
export async function heldParts(sql: Sql, tenant: string, { root, held, events, bad }: { root: string; held: boolean } & Pick<Computed<unknown>, 'events' | 'bad'>): Promise<{ held: boolean; heldBy: Evidence | null; position: string }> {
  return { held: held || bad !== undefined, heldBy: bad ? evidenceOf(bad)[0]! : held ? await heldSince(sql, tenant, root) : null, position: lastPosition(events, await readEpoch(sql)) };
}

/** The fact at which the row of a customer stands still; null where a day could not be closed. */
export async function heldSince(sql: Sql, tenant: string, customer: string): Promise<Evidence | null> {
  const rows = await sql.query<{ position: string }>(
    `select position from parked join projection using (name) where name = 'customers' and generation = live and tenant = $1 and customer = $2`, [tenant, customer]);
  return evidenceOf((await readPositions(sql, tenant, rows.map(({ position }) => Number(position))))[0])[0] ?? null;
}

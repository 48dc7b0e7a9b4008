import { setTimeout as sleep } from 'node:timers/promises';
import { CUSTOMERS } from './customers.js';
import { fact, type House } from './house.js';

const LOOK_MS = 2;
/** After the last append; what is not seen by then is lost. */
const PATIENCE_MS = 15_000;

/** How far the rows of these customers are. */
export type Look = (customers: readonly string[]) => Promise<Map<string, number>>;

/** Ours: how far rows of the live customers are, and an append that says where it stands. */
export async function oursToSee(house: House): Promise<{ look: (text: string) => Look; seen: Look; append: (customer: string) => Promise<number> }> {
  const pool = house.pool(4);
  const { rows: [row] } = await pool.query<{ live: number }>(`select live from touchline.projection where name = 'customers'`);
  const look = (text: string): Look => async (customers) => new Map((await pool.query<{ id: string; position: string }>(text, [customers])).rows.map((each) => [each.id, Number(each.position)]));
  return {
    look, seen: look(`select customer as id, position from touchline_read.customer_${row!.live} where tenant = 'bench' and customer = any($1)`),
    append: async (id) => {
      const [verdict] = await house.store.append([{ stream: { tenant: 'bench', category: 'customer', id }, expected: 'any', events: [{ ...fact(), occurredAt: new Date().toISOString() }] }]);
      if (verdict?.status !== 'appended') throw new Error(`Expected appended, got ${JSON.stringify(verdict)}`);
      return Number(verdict.positions[0]!.split('.')[1]);
    },
  };
}

/**
 * Appends at a steady pace for as long as it is told to, while somebody looks how far the rows are. @returns the times from call to sight, in ms, shortest first
 * @throws when a fact is never seen, unless `mayLose`: a cursor without a floor passes by what commits late, and then it is left out
 */
export async function pace(look: Look, append: (customer: string) => Promise<number>, perSecond: number, goesOn: (turn: number) => boolean, { mayLose = false } = {}): Promise<number[]> {
  const waiting = new Map<number, { readonly customer: string; readonly since: number }>();
  const took: number[] = [];
  let until = Infinity;
  const looking = (async () => {
    for (; until === Infinity || (waiting.size > 0 && performance.now() < until); await sleep(LOOK_MS)) {
      if (waiting.size === 0) continue;
      const seen = await look([...waiting.values()].map(({ customer }) => customer));
      const now = performance.now();
      for (const [position, { customer, since }] of waiting) {
        if (position > (seen.get(customer) ?? 0)) continue;
        took.push(now - since);
        waiting.delete(position);
      }
    }
  })();
  const sent: Promise<void>[] = [];
  const began = performance.now();
  for (let turn = 0; goesOn(turn); turn++) {
    await sleep(Math.max(0, began + (turn * 1_000) / perSecond - performance.now()));
    const [since, customer] = [performance.now(), `c-${(turn * 37) % CUSTOMERS}`];
    sent.push(append(customer).then((position) => void waiting.set(position, { customer, since })));
  }
  await Promise.all(sent);
  until = performance.now() + PATIENCE_MS;
  await looking;
  if (waiting.size > 0 && !mayLose) throw new Error(`${waiting.size} of ${sent.length} facts were never seen.`);
  if (waiting.size > 0) console.log(`\nthe limit has lost ${waiting.size} of ${sent.length}`);
  return took.sort((a, b) => a - b);
}

export const percentile = (sorted: readonly number[], part: number): number => sorted[Math.floor(sorted.length * part)]!;

import { setTimeout as sleep } from 'node:timers/promises';
import { type Append, ensureTenant, progressOf } from '#event-store';
import { customerStory } from './customer-story.js';
import type { House } from './house.js';

export const [CUSTOMERS, FACTS] = [5_000, 100];
const SLICE = 1_000;

/** Customers with their histories, told once. Facts arrive as they do in life: a few of every customer, then the next few. */
export async function tellCustomers({ store, worker }: House): Promise<void> {
  await ensureTenant(worker, 'bench', 'Europe/Berlin');
  const [known] = await store.readStream({ tenant: 'bench', category: 'customer', id: 'c-0' }, { limit: 1 });
  if (known?.type === 'customer.registered') return;
  const stories = Array.from({ length: CUSTOMERS }, (_, customer) => customerStory(customer, FACTS));
  for (let place = 0; place < FACTS; place += 5) {
    const arriving = stories.flatMap((story) => few(story, 5));
    for (let first = 0; first < arriving.length; first += SLICE) await store.append(arriving.slice(first, first + SLICE));
  }
}

function few(story: Iterator<Append>, count: number): Append[] {
  return Array.from({ length: count }, () => story.next()).flatMap(({ done, value }) => (done ? [] : [value as Append]));
}

/** Until every live read model stands at the end of the log and waits for nobody's past. */
export async function untilFollowed({ worker }: House): Promise<void> {
  for (;; await sleep(100)) {
    const live = (await progressOf(worker)).filter((each) => each.live);
    const waiting = await worker.transaction(async (sql) => {
      const [row] = await sql.query<{ live: number }>(`select live from projection where name = 'customers'`);
      return row ? sql.query(`select from touchline_read.customer_${row.live} where stale limit 1`) : [{}];
    });
    if (live.length > 0 && live.every(({ behind }) => behind === 0) && waiting.length === 0) return;
  }
}

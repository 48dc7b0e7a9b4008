import { setTimeout as sleep } from 'node:timers/promises';
import { type Child, finish, nextLine, spawnTypescript } from '../../support/child.js';
import type { BenchCase } from '../bench-case.js';
import { CUSTOMERS, tellCustomers, untilFollowed } from '../customers.js';
import { fact, type House } from '../house.js';

const [PER_SECOND, SECONDS, LOOK_MS, POLL_MS] = [200, 8, 2, 10];

/** From the call of an append until the fact stands in the row of its customer, at a steady pace; the 99th percentile in ms. A second connection looks every 2 ms. */
export function visible(house: House): BenchCase {
  let worker: Child | undefined;
  return {
    name: 'visible', unit: 'ms (p99)', lowerIsBetter: true, processes: 'ours: one that appends and looks, one worker; limit: one that appends, looks and polls', aim: 95 / 50, limitIs: `a loop that polls the bare log every ${POLL_MS} ms and counts into a row`,
    prepare: async () => {
      await tellCustomers(house);
      const pool = house.pool(4);
      worker = spawnTypescript('test/bench/worker.ts', [house.url]);
      if (await nextLine(worker) !== 'ready') throw new Error('The worker did not start.');
      await untilFollowed(house);
      await pool.query('create table if not exists bare.seen (stream text primary key, events int not null, position bigint not null)');
      const { rows: [row] } = await pool.query<{ live: number }>(`select live from touchline.projection where name = 'customers'`);
      const rows = `touchline_read.customer_${row!.live}`;
      const numberOf = (position: string) => Number(position.split('.')[1]);
      const look = (text: string): Look => async (customers) => new Map((await pool.query<{ id: string; position: string }>(text, [customers])).rows.map((each) => [each.id, Number(each.position)]));
      const ours = () => pace(look(`select customer as id, position from ${rows} where tenant = 'bench' and customer = any($1)`), async (id) => {
        const [verdict] = await house.store.append([{ stream: { tenant: 'bench', category: 'customer', id }, expected: 'any', events: [{ ...fact(), occurredAt: new Date().toISOString() }] }]);
        if (verdict?.status !== 'appended') throw new Error(`Expected appended, got ${JSON.stringify(verdict)}`);
        return numberOf(verdict.positions[0]!);
      });
      const limit = async () => {
        let polling = true;
        const polled = (async () => {
          const { rows: [end] } = await pool.query<{ n: string | null }>('select max(position) as n from log');
          for (let at = Number(end!.n ?? 0); polling; await sleep(POLL_MS)) {
            const { rows: [last] } = await pool.query<{ n: string | null }>({ name: 'count', values: [at], text: `
              with page as (select stream, position from log where position > $1 order by position limit 1000),
                counted as (insert into seen as old select stream, count(*), max(position) from page group by stream
                  on conflict (stream) do update set events = old.events + excluded.events, position = excluded.position)
              select max(position) as n from page` });
            at = Number(last!.n ?? at);
          }
        })();
        const p99 = await pace(look('select stream as id, position from seen where stream = any($1)'), async (id) => {
          const { type, data } = fact();
          const { rows: [made] } = await pool.query<{ position: string }>({ name: 'tell', text: 'insert into log (stream, type, data) values ($1, $2, $3) returning position', values: [id, type, JSON.stringify(data)] });
          return Number(made!.position);
        });
        polling = false;
        await polled;
        return p99;
      };
      return { ours, limit };
    },
    end: async () => { if (worker) await finish(worker); },
  };
}

/** How far the rows of these customers are. */
type Look = (customers: readonly string[]) => Promise<Map<string, number>>;

/** Appends at a steady pace while somebody looks how far the rows are. @returns the 99th percentile of the time from call to sight, in ms */
async function pace(look: Look, append: (customer: string) => Promise<number>): Promise<number> {
  const waiting = new Map<number, { readonly customer: string; readonly since: number }>();
  const took: number[] = [];
  let sending = true;
  const looking = (async () => {
    for (; sending || waiting.size > 0; await sleep(LOOK_MS)) {
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
  for (let turn = 0; turn < PER_SECOND * SECONDS; turn++) {
    await sleep(Math.max(0, began + (turn * 1_000) / PER_SECOND - performance.now()));
    const [since, customer] = [performance.now(), `c-${(turn * 37) % CUSTOMERS}`];
    sent.push(append(customer).then((position) => void waiting.set(position, { customer, since })));
  }
  await Promise.all(sent);
  sending = false;
  await looking;
  return took.sort((a, b) => a - b)[Math.floor(took.length * 0.99)]!;
}

import { setTimeout as sleep } from 'node:timers/promises';
import { type Child, finish, nextLine, spawnTypescript } from '../../support/child.js';
import type { BenchCase } from '../bench-case.js';
import { tellCustomers, untilFollowed } from '../customers.js';
import { fact, type House } from '../house.js';
import { oursToSee, pace, percentile } from '../pace.js';

const [PER_SECOND, SECONDS, POLL_MS] = [200, 8, 10];
const goesOn = (turn: number) => turn < PER_SECOND * SECONDS;

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
      const { look, seen, append } = await oursToSee(house);
      const ours = async () => percentile(await pace(seen, append, PER_SECOND, goesOn), 0.99);
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
        const took = await pace(look('select stream as id, position from seen where stream = any($1)'), async (id) => {
          const { type, data } = fact();
          const { rows: [made] } = await pool.query<{ position: string }>({ name: 'tell', text: 'insert into log (stream, type, data) values ($1, $2, $3) returning position', values: [id, type, JSON.stringify(data)] });
          return Number(made!.position);
        }, PER_SECOND, goesOn, { mayLose: true });
        polling = false;
        await polled;
        return percentile(took, 0.99);
      };
      return { ours, limit };
    },
    end: async () => { if (worker) await finish(worker); },
  };
}

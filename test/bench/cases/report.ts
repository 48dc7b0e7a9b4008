import { monitorEventLoopDelay } from 'node:perf_hooks';
import { Database, ensureTenant } from '#event-store';
import { gatherReport } from '#read-model';
import type { BenchCase } from '../bench-case.js';
import { businessStory } from '../business-story.js';
import type { House } from '../house.js';

const TENANT = 'report';
const [SLICE, PAGE] = [4_000, 1_000];

/** The strategic report of a quarter from all facts. BENCH_CUSTOMERS says how many other than 10,000, BENCH_FACTS how many facts each has other than 100. */
export function report(house: House): BenchCase {
  const [customers, facts] = [Number(process.env['BENCH_CUSTOMERS'] ?? 10_000), Number(process.env['BENCH_FACTS'] ?? 100)];
  return {
    name: 'report', unit: 'ms', lowerIsBetter: true, limitIs: 'reading the same events once, keyset pages with plain pg',
    prepare: async () => {
      await tell(house, customers, facts);
      const pool = house.pool(1);
      return {
        ours: () => millisecondsOf(() => anew(house)),
        limit: () => millisecondsOf(async () => {
          for (let position = '0'; ;) {
            const { rows } = await pool.query<{ position: string }>({ name: 'all', text: 'select * from touchline.log where tenant = $1 and position > $2 order by position limit $3', values: [TENANT, position, PAGE] });
            if (rows.length === 0) return;
            position = rows.at(-1)!.position;
          }
        }),
      };
    },
  };
}

/** What was made is remembered with the connection, so each time has one of its own. Says how long others had to wait for the process. */
async function anew({ url }: House): Promise<void> {
  const reader = new Database(url, 'touchline_reader', 2);
  const delay = monitorEventLoopDelay({ resolution: 10 });
  delay.enable();
  await gatherReport({ reader, now: () => new Date('2026-11-27T12:00:00Z') }, { tenant: TENANT, period: '2026-Q3' });
  delay.disable();
  await reader.close();
  console.log(`report: others waited for the process at most ${Math.round(delay.max / 1e6)} ms; ${Math.round(process.resourceUsage().maxRSS / 1_024)} MiB at most`);
}

async function tell({ store, worker }: House, customers: number, facts: number): Promise<void> {
  await ensureTenant(worker, TENANT, 'Europe/Berlin');
  for (let customer = 0; customer < customers;) {
    const slice = [];
    while (slice.length < SLICE && customer < customers) slice.push(...businessStory(TENANT, customer++, facts));
    await store.append(slice);
  }
}

async function millisecondsOf(work: () => Promise<unknown>): Promise<number> {
  const start = performance.now();
  await work();
  return performance.now() - start;
}

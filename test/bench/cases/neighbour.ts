import { ensureTenant } from '#event-store';
import { type Child, finish, nextLine, spawnTypescript } from '../../support/child.js';
import type { BenchCase } from '../bench-case.js';
import { tellCustomers, untilFollowed } from '../customers.js';
import { furnish } from '../doors.js';
import type { House } from '../house.js';
import { oursToSee, pace, percentile } from '../pace.js';

const [PER_SECOND, ALONE_SECONDS] = [20, 30];

/** From append to visible for one tenant while another imports: 100,000 lines of history, or as many as BENCH_LINES says, by a process of its own that waits for the readers as the API does. */
export function neighbour(house: House): BenchCase {
  const lines = process.env['BENCH_LINES'] ?? '100000';
  let worker: Child | undefined;
  return {
    name: 'neighbour', unit: 'ms (p99)', lowerIsBetter: true, processes: 'one that appends and looks, one worker; ours: one that imports beside', aim: 0.5, limitIs: `the same without an import; beside it ${lines} lines of another tenant`,
    prepare: async () => {
      const masterKey = await furnish(house);
      await tellCustomers(house);
      worker = spawnTypescript('test/bench/worker.ts', [house.url]);
      if (await nextLine(worker) !== 'ready') throw new Error('The worker did not start.');
      await untilFollowed(house);
      const { seen, append } = await oursToSee(house);
      // Far from the ids of the other cases.
      let turn = 2_000;
      const ours = async () => {
        const tenant = `import${++turn}`;
        await ensureTenant(house.worker, tenant, 'Europe/Berlin');
        let importing = true;
        const said = nextLine(spawnTypescript('test/bench/servers/importer.ts', [house.url, masterKey, String(turn), lines, tenant])).finally(() => { importing = false; });
        const took = await pace(seen, append, PER_SECOND, () => importing);
        const { perSecond } = JSON.parse(await said) as { perSecond: number };
        console.log(`\nimport: ${perSecond} lines/s; beside it ${took.length} appends: p50 ${Math.round(percentile(took, 0.5))} ms, p99 ${Math.round(percentile(took, 0.99))} ms`);
        await untilFollowed(house);
        return percentile(took, 0.99);
      };
      const limit = async () => percentile(await pace(seen, append, PER_SECOND, (sent) => sent < PER_SECOND * ALONE_SECONDS), 0.99);
      return { ours, limit };
    },
    end: async () => { if (worker) await finish(worker); },
  };
}

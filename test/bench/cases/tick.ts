import { setTimeout as sleep } from 'node:timers/promises';
import { type BenchCase, perSecond } from '../bench-case.js';
import { customersProjector, haveMany, MANY, TENANT, untilCaughtUp } from '../many-customers.js';
import type { House } from '../house.js';

const DAY = 86_400_000;

/** A day ends: every customer is scored for the next one, while the partitions stay with the worker that holds them. */
export function tick(house: House): BenchCase {
  const { store, worker } = house;
  const projector = customersProjector(house);
  let days = 0;
  const closeNextDay = async (): Promise<number> => {
    const day = new Date(Date.now() + days++ * DAY).toISOString().slice(0, 10);
    const fences = await fencesOf(house);
    await store.append([{ stream: { tenant: TENANT, category: 'clock', id: 'days' }, expected: 'any', events: [{
      source: 'bench', id: `day-closed:${day}`, type: 'clock.day-closed', version: 1, occurredAt: new Date().toISOString(), actor: { kind: 'system', id: 'bench' }, data: { day }, bodyHash: day }] }]);
    await untilCaughtUp(house);
    if (await fencesOf(house) !== fences) throw new Error('a partition has changed hands during a tick');
    return MANY;
  };
  return {
    name: 'tick', unit: 'customers/s', limitIs: `one update that moves ${MANY} such rows by a day and computes nothing`,
    prepare: async () => {
      const { table } = await haveMany(house);
      await projector.start();
      while ((await fencesOf(house)).includes('nobody')) await sleep(50);
      const bare = () => perSecond(async () => {
        await worker.statements((sql) => sql.query(`update ${table} set day = day where tenant = $1`, [TENANT]));
        return MANY;
      });
      return { ours: () => perSecond(closeNextDay), limit: bare };
    },
    end: () => projector.stop(),
  };
}

/** Who holds which partition, as a text that changes when one changes hands. */
async function fencesOf({ worker }: House): Promise<string> {
  const rows = await worker.statements((sql) => sql.query<{ fence: string }>(`select partition || ':' || fence || ':' || coalesce(owner, 'nobody') as fence from projection_partition where name = 'customers' order by generation, partition`));
  return rows.map(({ fence }) => fence).join();
}

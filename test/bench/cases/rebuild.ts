import { setTimeout as sleep } from 'node:timers/promises';
import { beginRebuild, progressOf, Projector } from '#event-store';
import { projections } from '#read-model';
import { type BenchCase, perSecond } from '../bench-case.js';
import { tellCustomers } from '../customers.js';
import type { House } from '../house.js';

const PAGE = 1_000;

/** From a new, empty generation until it has been compared, customer by customer, and is the one that is read. */
export function rebuild(house: House): BenchCase {
  const { store, worker } = house;
  const customers = projections().find(({ name }) => name === 'customers')!;
  const projector = new Projector({ store, worker, projections: [customers], owner: 'bench' });
  const untilRead = async (generation: number): Promise<void> => {
    while (!(await progressOf(worker)).some((each) => each.generation === generation && each.live && each.behind === 0)) await sleep(20);
  };
  return {
    name: 'rebuild', unit: 'events/s', aim: 1, limitIs: `keyset pages of ${PAGE} with plain pg and a fold that counts, one process`,
    prepare: async () => {
      const pool = house.pool(1);
      await tellCustomers(house);
      const { rows: [all] } = await pool.query<{ n: string }>(`select count(*) as n from touchline.log where category = 'customer'`);
      const stored = Number(all!.n);
      await projector.start();
      await untilRead(1);
      const ours = () => perSecond(async () => {
        await untilRead(await beginRebuild(worker, customers));
        return stored;
      });
      const limit = () => perSecond(async () => {
        const counts = new Map<string, number>();
        for (let position = '0'; ;) {
          const { rows } = await pool.query<{ position: string; stream: string }>({
            name: 'story', text: `select position, stream, type, data from touchline.log where position > $1 and category = 'customer' order by position limit $2`, values: [position, PAGE] });
          if (rows.length === 0) return stored;
          for (const { stream } of rows) counts.set(stream, (counts.get(stream) ?? 0) + 1);
          position = rows.at(-1)!.position;
        }
      });
      return { ours, limit };
    },
    end: () => projector.stop(),
  };
}

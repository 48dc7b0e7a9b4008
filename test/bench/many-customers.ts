import { setTimeout as sleep } from 'node:timers/promises';
import { progressOf, Projector } from '#event-store';
import { projections } from '#read-model';
import { customerStory } from './customer-story.js';
import type { House } from './house.js';

export const TENANT = 'bench';
export const MANY = 100_000;
const [TOLD, FACTS] = [250, 40];

export const customersProjector = ({ store, worker }: House): Projector =>
  new Projector({ store, worker, projections: projections().filter(({ name }) => name === 'customers'), owner: 'bench' });

export async function untilCaughtUp({ worker }: House): Promise<{ generation: number }> {
  for (;; await sleep(20)) {
    const live = (await progressOf(worker)).find((each) => each.name === 'customers' && each.live);
    if (live?.behind === 0) return live;
  }
}

/** The real rows of some customers, told and folded as ever, then copied under other names and scores until there are enough; once. @returns the generation they are in */
export async function haveMany(house: House): Promise<{ generation: number; table: string }> {
  const { store, worker } = house;
  await store.append(Array.from({ length: TOLD }, (_, customer) => [...customerStory(customer, FACTS)]).flat());
  const projector = customersProjector(house);
  await projector.start();
  const { generation } = await untilCaughtUp(house);
  await projector.stop();
  const table = `touchline_read.customer_${generation}`;
  await worker.transaction(async (sql) => {
    const [known] = await sql.query<{ many: boolean }>(`select count(*) >= $1 as many from ${table} where tenant = $2`, [MANY, TENANT]);
    if (known!.many) return;
    const columns = (await sql.query<{ name: string }>(
      `select attname as name from pg_attribute where attrelid = $1::regclass and attnum > 0 and not attisdropped and attgenerated = ''`, [table])).map(({ name }) => name);
    const copied: Readonly<Record<string, string>> = { customer: `customer || '-' || copy`, name: `name || ' ' || copy`, score: `abs(hashtext(customer || copy)) % 10000` };
    await sql.query(`insert into ${table} (${columns.join(', ')}) select ${columns.map((column) => copied[column] ?? column).join(', ')} from ${table}, generate_series(1, $1) as copy where tenant = $2`, [MANY / TOLD - 1, TENANT]);
  });
  await worker.statements((sql) => sql.query(`analyze ${table}`));
  return { generation, table };
}

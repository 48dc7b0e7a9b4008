import { Projector } from '#event-store';
import { customersInOrder, LISTED_COLUMNS, projections } from '#read-model';
import { setTimeout as sleep } from 'node:timers/promises';
import { progressOf } from '#event-store';
import { type BenchCase, perSecond } from '../bench-case.js';
import { customerStory } from '../customer-story.js';
import { type Doors, furnish, openDoors } from '../doors.js';
import type { House } from '../house.js';
import { load } from '../http-load.js';

const [CUSTOMERS, TOLD, FACTS, CONNECTIONS, REQUESTS, PAGE] = [100_000, 250, 40, 64, 1_500, 50];
const TENANT = 'bench';
/** Of the limit's pool, as many as ours has. */
const POOL = '8';

export function list(house: House): BenchCase {
  let doors: Doors;
  return {
    name: 'list', unit: 'pages/s', aim: 0.7, limitIs: `the same SQL with the tenant set behind bare node:http, ${POOL} connections to PostgreSQL; either server a process of its own, the load from a third`,
    prepare: async () => {
      await furnish(house);
      const generation = await tell(house);
      const { text } = customersInOrder(generation, LISTED_COLUMNS, TENANT, { sort: 'score' }, PAGE + 1);
      doors = await openDoors(house, [POOL, text, TENANT]);
      const side = (url: string, path: string) => () => perSecond(() => load(url, CONNECTIONS, REQUESTS, () => ({ method: 'GET', path, headers: doors.headers }), 200));
      return { ours: side(doors.ours, `/v1/customers?sort=score&limit=${PAGE}`), limit: side(doors.bare, '/') };
    },
    end: () => doors.close(),
  };
}

/** The real rows of some customers, told and folded as ever, then copied under other names and scores until there are enough. @returns the generation they are in */
async function tell({ store, worker }: House): Promise<number> {
  await store.append(Array.from({ length: TOLD }, (_, customer) => [...customerStory(customer, FACTS)]).flat());
  const projector = new Projector({ store, worker, projections: projections().filter(({ name }) => name === 'customers'), owner: 'bench' });
  await projector.start();
  const live = async () => (await progressOf(worker)).find((each) => each.name === 'customers' && each.live);
  while ((await live())?.behind !== 0) await sleep(50);
  await projector.stop();
  const { generation } = (await live())!;
  const table = `touchline_read.customer_${generation}`;
  await worker.transaction(async (sql) => {
    const columns = (await sql.query<{ name: string }>(
      `select attname as name from pg_attribute where attrelid = $1::regclass and attnum > 0 and not attisdropped and attgenerated = ''`, [table])).map(({ name }) => name);
    const copied: Readonly<Record<string, string>> = { customer: `customer || '-' || copy`, name: `name || ' ' || copy`, score: `abs(hashtext(customer || copy)) % 10000` };
    await sql.query(`insert into ${table} (${columns.join(', ')}) select ${columns.map((column) => copied[column] ?? column).join(', ')} from ${table}, generate_series(1, $1) as copy where tenant = $2`, [CUSTOMERS / TOLD - 1, TENANT]);
  });
  await worker.statements((sql) => sql.query(`analyze ${table}`));
  return generation;
}

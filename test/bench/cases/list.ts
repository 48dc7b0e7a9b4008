import { customersInOrder, LISTED_COLUMNS } from '#read-model';
import { type BenchCase, perSecond } from '../bench-case.js';
import { type Doors, furnish, openDoors } from '../doors.js';
import type { House } from '../house.js';
import { load } from '../http-load.js';
import { haveMany, TENANT } from '../many-customers.js';

const [CONNECTIONS, REQUESTS, PAGE] = [64, 1_500, 50];
/** Of the limit's pool, as many as ours has. */
const POOL = '8';

export function list(house: House): BenchCase {
  let doors: Doors;
  return {
    name: 'list', unit: 'pages/s', aim: 0.7, limitIs: `the same SQL with the tenant set behind bare node:http, ${POOL} connections to PostgreSQL; either server a process of its own, the load from a third`,
    prepare: async () => {
      await furnish(house);
      const { generation, table } = await haveMany(house);
      const { text } = customersInOrder({ generation, summed: true, from: table }, LISTED_COLUMNS, TENANT, { sort: 'score' }, PAGE + 1);
      doors = await openDoors(house, [POOL, text, TENANT]);
      const side = (url: string, path: string) => () => perSecond(() => load(url, CONNECTIONS, REQUESTS, () => ({ method: 'GET', path, headers: doors.headers }), 200));
      return { ours: side(doors.ours, `/v1/customers?sort=score&limit=${PAGE}`), limit: side(doors.bare, '/') };
    },
    end: () => doors.close(),
  };
}

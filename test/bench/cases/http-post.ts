import { type BenchCase, perSecond } from '../bench-case.js';
import { type Doors, openDoors } from '../doors.js';
import { fact, type House, streamOf } from '../house.js';
import { type Ask, load } from '../http-load.js';

const [CONNECTIONS, REQUESTS] = [64, 6_000];
/** Of the limit's pool; 8 gave the same. */
const POOL = '16';

export function httpPost(house: House): BenchCase {
  let doors: Doors;
  return {
    name: 'http-post', unit: 'events/s', aim: 1, limitIs: `bare node:http with one prepared INSERT a request, ${POOL} connections to PostgreSQL; either server a process of its own, the load from a third`,
    prepare: async () => {
      doors = await openDoors(house, [POOL]);
      const headers = { ...doors.headers, 'content-type': 'application/json' };
      let next = 0;
      const ask = (): Ask => {
        const { id, source, type, data: { text, ...data } } = fact();
        const body = JSON.stringify({ id, source, type, customer: streamOf(next++).id, data: { ...data, subject: text } });
        return { method: 'POST', path: '/v1/events', headers, body };
      };
      const side = (url: string) => () => perSecond(() => load(url, CONNECTIONS, REQUESTS, ask, 201));
      return { ours: side(doors.ours), limit: side(doors.bare) };
    },
    end: () => doors.close(),
  };
}

import { createHash } from 'node:crypto';
import pg from 'pg';
import { to as copyTo } from 'pg-copy-streams';
import { type Append, Database, exportRange, readExport } from '#event-store';
import { type BenchCase, perSecond } from '../bench-case.js';
import { fact, type House } from '../house.js';

const EVENTS = 200_000;
const TENANT = 'exported';

/** The export of a tenant's log, hashed as its manifest needs it, against a COPY of the same rows that is hashed as well. */
export function logExport({ url, store, worker }: House): BenchCase {
  const reader = new Database(url, 'touchline_reader');
  const bare = new pg.Client({ connectionString: url, options: '-c role=touchline_worker -c search_path=touchline' });
  return {
    name: 'log-export', unit: 'events/s', limitIs: 'COPY of the same rows to the same hash',
    prepare: async () => {
      for (let done = 0; done < EVENTS; done += 5_000) {
        await store.append(Array.from({ length: 5_000 }, (_, n): Append => ({ stream: { tenant: TENANT, category: 'customer', id: `c-${n}` }, expected: 'any', events: [fact()] })));
      }
      await bare.connect();
      const range = await exportRange(worker, { tenant: TENANT });
      const ours = () => perSecond(async () => {
        const hash = createHash('sha256');
        let events = 0;
        for await (const slice of readExport(reader, range)) {
          hash.update(slice.text);
          events += slice.events;
        }
        return events;
      });
      const limit = () => perSecond(async () => {
        const hash = createHash('sha256');
        for await (const chunk of bare.query(copyTo(`copy (select * from log where tenant = '${TENANT}' and position <= ${range.upTo} order by position) to stdout`))) hash.update(chunk as Buffer);
        return EVENTS;
      });
      return { ours, limit };
    },
    end: async () => {
      await bare.end();
      await reader.close();
    },
  };
}

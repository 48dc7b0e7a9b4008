import type { EventStore } from '#event-store';
import { type BenchCase, perSecond, type Run } from '../bench-case.js';
import { CUSTOMERS, type House } from '../house.js';

const PAGE = 1_000;

/** The whole log, as a consumer reads it. */
export const readingAll = (store: EventStore): Run => () => perSecond(async () => {
  let read = 0;
  for await (const { events } of store.read(null, { batchSize: PAGE })) read += events.length;
  return read;
});

/** Streams of customers, whole, by four callers. */
export const readingStreams = (store: EventStore): Run => streams(async (id) => (await store.readStream({ tenant: 'bench', category: 'customer', id })).length);

export function readAll({ stored, pool }: House): BenchCase {
  return {
    name: 'read-all', unit: 'events/s', aim: 1, limitIs: `keyset pages of ${PAGE} with plain pg`,
    prepare: async () => {
      const store = await stored();
      const bare = pool(1);
      const limit = () => perSecond(async () => {
        let read = 0;
        for (let position = '0'; ;) {
          const { rows } = await bare.query<{ position: string }>({ name: 'page', text: 'select * from log where position > $1 order by position limit $2', values: [position, PAGE] });
          if (rows.length === 0) return read;
          read += rows.length;
          position = rows.at(-1)!.position;
        }
      });
      return { ours: readingAll(store), limit };
    },
  };
}

export function readStream({ stored, pool }: House): BenchCase {
  return {
    name: 'read-stream', unit: 'events/s', aim: 0.9, limitIs: 'select of a stream with plain pg over 4 connections', processes: 'one Node process each, 4 callers',
    prepare: async () => {
      const store = await stored();
      const bare = pool(4);
      await bare.query('create index log_stream on log (stream, position); analyze log');
      const limit = streams(async (id) => (await bare.query({ name: 'stream', text: 'select * from log where stream = $1 order by position', values: [id] })).rows.length);
      return { ours: readingStreams(store), limit };
    },
    end: async () => { await pool(1).query('drop index log_stream'); },
  };
}

function streams(read: (id: string) => Promise<number>): Run {
  const [CALLERS, TURNS] = [4, 100];
  let next = 0;
  return () => perSecond(async () => {
    const counts = await Promise.all(Array.from({ length: CALLERS }, async () => {
      let events = 0;
      for (let turn = 0; turn < TURNS; turn++) events += await read(`c-${next++ * 7 % CUSTOMERS}`);
      return events;
    }));
    return counts.reduce((sum, count) => sum + count, 0);
  });
}

import type { Append } from '#event-store';
import type { Position } from '#journey';
import { type BenchCase, perSecond } from '../bench-case.js';
import { fact, type House, streamOf } from '../house.js';

const STORED = 100_000;
const PAGE = 1_000;

/** The same events in our log and in the bare one. */
async function seed(house: House): Promise<void> {
  const pool = house.pool(1);
  const { rows: [bare] } = await pool.query<{ n: string }>('select count(*) as n from log');
  for (let done = Number(bare!.n); done < STORED; done += PAGE) {
    const appends = Array.from({ length: PAGE }, (_, index): Append => ({ stream: streamOf((done + index) % 1_000), expected: 'any', events: [fact()] }));
    await house.store.append(appends);
    await pool.query('insert into log (stream, type, data) select stream, type, data::json from unnest($1::text[], $2::text[], $3::text[]) as new (stream, type, data)', [
      appends.map(({ stream }) => stream.id), appends.map(({ events }) => events[0]!.type), appends.map(({ events }) => JSON.stringify(events[0]!.data))]);
  }
}

export function readAll(house: House): BenchCase {
  return {
    name: 'read-all', unit: 'events/s', aim: 1, limitIs: `keyset pages of ${PAGE} with plain pg`,
    prepare: async () => {
      await seed(house);
      const pool = house.pool(1);
      const ours = () => perSecond(async () => {
        let read = 0;
        for (let position: Position | null = null; ;) {
          const batch = await house.store.readAll(position, PAGE);
          if (batch.events.length === 0) return read;
          read += batch.events.length;
          position = batch.position;
        }
      });
      const limit = () => perSecond(async () => {
        let read = 0;
        for (let position = '0'; ;) {
          const { rows } = await pool.query<{ position: string }>({ name: 'page', text: 'select * from log where position > $1 order by position limit $2', values: [position, PAGE] });
          if (rows.length === 0) return read;
          read += rows.length;
          position = rows.at(-1)!.position;
        }
      });
      return { ours, limit };
    },
  };
}

export function readStream(house: House): BenchCase {
  const [CALLERS, TURNS] = [4, 100];
  return {
    name: 'read-stream', unit: 'events/s', aim: 0.9, limitIs: 'select of a stream with plain pg, 4 connections',
    prepare: async () => {
      await seed(house);
      const pool = house.pool(CALLERS);
      await pool.query('create index if not exists log_stream on log (stream, position)');
      let next = 0;
      const all = (read: (id: string) => Promise<number>) => () => perSecond(async () => {
        const counts = await Promise.all(Array.from({ length: CALLERS }, async () => {
          let read_ = 0;
          for (let turn = 0; turn < TURNS; turn++) read_ += await read(streamOf(next++ % 1_000).id);
          return read_;
        }));
        return counts.reduce((sum, count) => sum + count, 0);
      });
      return {
        ours: all(async (id) => (await house.store.readStream({ ...streamOf(0), id })).length),
        limit: all(async (id) => (await pool.query({ name: 'stream', text: 'select * from log where stream = $1 order by position', values: [id] })).rows.length),
      };
    },
  };
}

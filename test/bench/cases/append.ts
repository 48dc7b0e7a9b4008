import type { Append } from '#event-store';
import { type BenchCase, perSecond } from '../bench-case.js';
import { fact, type House, STREAMS, streamOf } from '../house.js';

const INSERT = 'insert into log (stream, type, data) values ($1, $2, $3)';

/** Every caller sends its next append as soon as it has the verdict of the last. */
async function callers(count: number, turns: number, call: (caller: number, turn: number) => Promise<void>): Promise<void> {
  await Promise.all(Array.from({ length: count }, async (_, caller) => {
    for (let turn = 0; turn < turns; turn++) await call(caller, turn);
  }));
}

export function appendOne(house: House): BenchCase {
  const [CALLERS, TURNS] = [16, 250];
  return {
    name: 'append-1', unit: 'events/s', aim: 1.2, limitIs: 'bare prepared INSERT over 16 connections',
    prepare: async () => {
      const pool = house.pool(CALLERS);
      const revisions = new Array<number>(STREAMS).fill(-1);
      let next = 0;
      const ours = () => perSecond(async () => {
        await callers(CALLERS, TURNS, async () => {
          const number = next++ % STREAMS;
          const expected = revisions[number]! < 0 ? 'none' : revisions[number]!;
          const stream = { ...streamOf(number), id: `one-${number}` };
          const [verdict] = await house.store.append([{ stream, expected, events: [fact()] }]);
          if (verdict?.status !== 'appended') throw new Error(`Expected appended, got ${JSON.stringify(verdict)}`);
          revisions[number]! += 1;
        });
        return CALLERS * TURNS;
      });
      const limit = () => perSecond(async () => {
        await callers(CALLERS, TURNS, async () => {
          const { type, data } = fact();
          await pool.query({ name: 'insert', text: INSERT, values: [streamOf(next++).id, type, JSON.stringify(data)] });
        });
        return CALLERS * TURNS;
      });
      return { ours, limit };
    },
  };
}

export function appendHundred(house: House): BenchCase {
  const [CALLERS, TURNS, SIZE] = [4, 40, 100];
  return {
    name: 'append-100', unit: 'events/s', aim: 0.7, limitIs: 'bare prepared INSERT from unnest over 4 connections',
    prepare: async () => {
      const pool = house.pool(CALLERS);
      let next = 0;
      const batch = () => Array.from({ length: SIZE }, () => ({ stream: streamOf(next++ * 7), event: fact() }));
      const ours = () => perSecond(async () => {
        await callers(CALLERS, TURNS, async () => {
          const appends = batch().map(({ stream, event }): Append => ({ stream, expected: 'any', events: [event] }));
          const verdicts = await house.store.append(appends);
          if (verdicts.some(({ status }) => status !== 'appended')) throw new Error('Not all were appended.');
        });
        return CALLERS * TURNS * SIZE;
      });
      const limit = () => perSecond(async () => {
        await callers(CALLERS, TURNS, async () => {
          const items = batch();
          await pool.query({
            name: 'insert-many', text: 'insert into log (stream, type, data) select stream, type, data::json from unnest($1::text[], $2::text[], $3::text[]) as new (stream, type, data)',
            values: [items.map(({ stream }) => stream.id), items.map(({ event }) => event.type), items.map(({ event }) => JSON.stringify(event.data))],
          });
        });
        return CALLERS * TURNS * SIZE;
      });
      return { ours, limit };
    },
  };
}

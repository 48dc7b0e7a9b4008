import type { Append, EventStore } from '#event-store';
import { type BenchCase, perSecond, type Run } from '../bench-case.js';
import { fact, type House, STREAMS, streamOf } from '../house.js';

const INSERT = 'insert into log (stream, type, data) values ($1, $2, $3)';
const INSERT_MANY = 'insert into log (stream, type, data) select stream, type, data::json from unnest($1::text[], $2::text[], $3::text[]) as new (stream, type, data)';

/** Every caller sends its next append as soon as it has the verdict of the last. @returns how many events are sent a second */
const callers = (count: number, turns: number, size: number, call: () => Promise<unknown>): Run => () => perSecond(async () => {
  await Promise.all(Array.from({ length: count }, async () => {
    for (let turn = 0; turn < turns; turn++) await call();
  }));
  return count * turns * size;
});

/** One event with the revision that its stream has to have. */
export function appendingOne(store: EventStore): Run {
  const revisions = new Array<number>(STREAMS).fill(-1);
  let next = 0;
  return callers(16, 250, 1, async () => {
    const number = next++ % STREAMS;
    const stream = { ...streamOf(number), id: `one-${number}` };
    const [verdict] = await store.append([{ stream, expected: revisions[number]! < 0 ? 'none' : revisions[number]!, events: [fact()] }]);
    if (verdict?.status !== 'appended') throw new Error(`Expected appended, got ${JSON.stringify(verdict)}`);
    revisions[number]! += 1;
  });
}

/** A hundred events of a hundred streams. */
export function appendingHundred(store: EventStore): Run {
  let next = 0;
  return callers(4, 40, 100, async () => {
    const verdicts = await store.append(Array.from({ length: 100 }, (): Append => ({ stream: streamOf(next++ * 7), expected: 'any', events: [fact()] })));
    if (verdicts.some(({ status }) => status !== 'appended')) throw new Error('Not all were appended.');
  });
}

/** A hundred events of one stream with the revision that it has to have: the most that stores which append to one stream at a time can take at once. */
function appendingToOne(store: EventStore): Run {
  const revisions = new Array<number>(STREAMS).fill(-1);
  let next = 0;
  return callers(4, 40, 100, async () => {
    const number = next++ % STREAMS;
    const stream = { ...streamOf(number), id: `hundred-${number}` };
    const [verdict] = await store.append([{ stream, expected: revisions[number]! < 0 ? 'none' : revisions[number]!, events: Array.from({ length: 100 }, fact) }]);
    if (verdict?.status !== 'appended') throw new Error(`Expected appended, got ${JSON.stringify(verdict)}`);
    revisions[number]! += 100;
  });
}

export function appendOne({ stored, pool }: House): BenchCase {
  return {
    name: 'append-1', unit: 'events/s', aim: 1.2, limitIs: 'bare prepared INSERT over 16 connections', processes: 'one Node process each, 16 callers',
    prepare: async () => {
      const store = await stored();
      const [bare, few] = [pool(16), pool(2)];
      let next = 0;
      const row = () => {
        const { type, data } = fact();
        return [streamOf(next++).id, type, JSON.stringify(data)];
      };
      const limit = callers(16, 250, 1, () => bare.query({ name: 'insert', text: INSERT, values: row() }));
      const coalesced = coalescing((rows) => few.query({ name: 'insert-many', text: INSERT_MANY, values: [0, 1, 2].map((column) => rows.map((each) => each[column])) }));
      return { ours: appendingOne(store), limit, also: { is: 'bare coalesced INSERT over 2 connections', run: callers(16, 250, 1, () => coalesced(row())) } };
    },
  };
}

export const appendHundred = (house: House): BenchCase => hundred(house, 'append-100', appendingHundred, (turn) => streamOf(turn * 7).id);

export const appendToOne = (house: House): BenchCase => hundred(house, 'append-100-one-stream', appendingToOne, (turn) => streamOf(Math.floor(turn / 100)).id);

function hundred({ stored, pool }: House, name: string, appending: (store: EventStore) => Run, streamAt: (turn: number) => string): BenchCase {
  return {
    name, unit: 'events/s', aim: 0.7, limitIs: 'bare prepared INSERT from unnest over 4 connections', processes: 'one Node process each, 4 callers',
    prepare: async () => {
      const store = await stored();
      const bare = pool(4);
      let next = 0;
      const limit = callers(4, 40, 100, () => {
        const items = Array.from({ length: 100 }, () => ({ stream: streamAt(next++), event: fact() }));
        return bare.query({ name: 'insert-many', text: INSERT_MANY, values: [items.map(({ stream }) => stream), items.map(({ event }) => event.type), items.map(({ event }) => JSON.stringify(event.data))] });
      });
      return { ours: appending(store), limit };
    },
  };
}

/** Rows that come while two statements are under way go together in the next: what group commit could be without any guarantee. */
function coalescing(write: (rows: string[][]) => Promise<unknown>): (row: string[]) => Promise<void> {
  let waiting: { row: string[]; done: () => void; failed: (error: unknown) => void }[] = [];
  let open = 0;
  const settle = async (taken: typeof waiting): Promise<void> => {
    try {
      await write(taken.map(({ row }) => row));
      taken.forEach(({ done }) => done());
    } catch (error) {
      taken.forEach(({ failed }) => failed(error));
    }
  };
  const fill = (): void => {
    if (open === 2 || waiting.length === 0) return;
    const taken = waiting;
    waiting = [];
    open += 1;
    void settle(taken).finally(() => {
      open -= 1;
      fill();
    });
  };
  return (row) => new Promise((done, failed) => {
    waiting.push({ row, done, failed });
    if (waiting.length === 1) queueMicrotask(fill);
  });
}

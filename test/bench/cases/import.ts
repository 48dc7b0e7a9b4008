import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { from as copyFrom } from 'pg-copy-streams';
import type { Append, EventStore } from '#event-store';
import { type BenchCase, perSecond, type Run } from '../bench-case.js';
import { fact, type House, streamOf } from '../house.js';

const [EVENTS, SLICE] = [500_000, 5_000];

/** So many new events of all streams, in slices that two callers send. */
export const importing = (store: EventStore, count: number): Run => () => perSecond(async () => {
  let next = 0;
  await Promise.all(Array.from({ length: 2 }, async () => {
    while (next < count) {
      const slice = Array.from({ length: Math.min(SLICE, count - next) }, (): Append => ({ stream: streamOf(next++), expected: 'any', events: [fact()] }));
      if ((await store.append(slice)).some(({ status }) => status !== 'appended')) throw new Error('Not all were appended.');
    }
  }));
  return count;
});

export function importCase({ stored, pool }: House): BenchCase {
  return {
    name: 'import', unit: 'events/s', aim: 0.5, limitIs: 'one COPY into the bare table', processes: 'one Node process each; ours sends two slices at a time, COPY is one',
    prepare: async () => {
      const store = await stored();
      const bare = pool(1);
      const limit = () => perSecond(async () => {
        const client = await bare.connect();
        await pipeline(Readable.from(lines(EVENTS)), client.query(copyFrom('copy log (stream, type, data) from stdin')));
        client.release();
        return EVENTS;
      });
      return { ours: importing(store, EVENTS), limit };
    },
  };
}

/** Rows in COPY's text form, a slice at a time. */
function* lines(count: number): Generator<string> {
  for (let done = 0; done < count;) {
    let text = '';
    for (const end = Math.min(done + SLICE, count); done < end; done++) {
      const { type, data } = fact();
      text += `${streamOf(done).id}\t${type}\t${JSON.stringify(data)}\n`;
    }
    yield text;
  }
}

import type { EventStore } from '#event-store';
import type { BenchCase, Run } from '../bench-case.js';
import type { House } from '../house.js';
import { appendingHundred, appendingOne } from './append.js';
import { importing } from './import.js';
import { readingAll, readingStreams } from './read.js';

const [SMALL, LARGE] = [100_000, 2_000_000];

/** Reads first: what appends add is little beside what is stored. */
const WORKS: readonly [name: string, run: (store: EventStore) => Run][] = [
  ['read-all', readingAll], ['read-stream', readingStreams], ['append-1', appendingOne], ['append-100', appendingHundred], ['import', (store) => importing(store, 20_000)],
];

/** Our store against itself: with two million events stored, beside one hundred thousand. */
export function growth({ logOf }: House): BenchCase[] {
  let logs: Promise<[EventStore, EventStore]> | undefined;
  const both = async (): Promise<[EventStore, EventStore]> => [await logOf(LARGE), await logOf(SMALL)];
  return WORKS.map(([name, run]) => ({
    name: `growth-${name}`, unit: 'events/s', aim: 1, limitIs: `the same with ${SMALL.toLocaleString('en')} stored in place of ${LARGE.toLocaleString('en')}`,
    prepare: async () => {
      const [large, small] = await (logs ??= both());
      return { ours: run(large), limit: run(small) };
    },
  }));
}

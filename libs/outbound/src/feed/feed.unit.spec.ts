import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { Feed, FeedEnded, type FeedReader } from './feed.js';
import type { Passing } from './feed-log.js';
import { LogInMemory } from './testing/log-in-memory.js';

const TYPES = ['a', 'b', 'c'];
let log: LogInMemory;
let feed: Feed;
const warnings: unknown[] = [];

beforeEach(() => {
  log = new LogInMemory();
  warnings.length = 0;
  feed = new Feed(log, log.onGrowth, (_, error) => void warnings.push(error));
});
afterEach(() => feed.close());

/** By what a filter looks at: a list of types that is counted, types, or segments. */
const BY: Readonly<Record<string, (types: readonly string[]) => Passing>> = {
  counted: (types) => ({ types, segments: false, passes: ({ event }) => types.includes(event.type) }),
  type: (types) => ({ segments: false, passes: ({ event }) => types.includes(event.type) }),
  segment: (types) => ({ segments: true, passes: ({ segment }) => types.includes(segment!) }),
};
const open = (tenant: string, types: readonly string[] = TYPES, from = 0, by = 'type'): FeedReader =>
  feed.open({ view: { tenant, unseal: false }, key: `${by} ${types.join()}`, passing: BY[by]!(types), from: { epoch: 1, n: from } });
const soon = (ms = 2_000) => ({ until: performance.now() + ms, signal: new AbortController().signal });
const pause = (ms: number) => new Promise((wake) => setTimeout(wake, ms));

/** Reads until nothing has come for a while. */
async function all(reader: FeedReader, patience = 150): Promise<number[]> {
  const got: number[] = [];
  for (let quiet = false; !quiet;) {
    const { events, atEnd } = await reader.next(soon(patience));
    got.push(...events.map(({ n }) => n));
    quiet = events.length === 0 && atEnd;
  }
  return got;
}

describe('A reader of the feed', () => {
  it('gets each event that passes once and in order, whatever its place, its filter, its pace and its breaks', async () => {
    const readers = fc.array(fc.record({
      tenant: fc.constantFrom('x', 'y'), types: fc.subarray(TYPES, { minLength: 1 }), by: fc.constantFrom(...Object.keys(BY)), from: fc.nat(30), pauses: fc.array(fc.nat(60), { minLength: 1, maxLength: 6 }), breaks: fc.nat(3), comes: fc.nat(80),
    }), { minLength: 1, maxLength: 8 });
    const writes = fc.array(fc.record({ tenant: fc.constantFrom('x', 'y', 'z'), types: fc.array(fc.constantFrom(...TYPES), { minLength: 1, maxLength: 300 }), after: fc.nat(25) }), { maxLength: 10 });
    await fc.assert(fc.asyncProperty(readers, writes, async (wanted, written) => {
      log = new LogInMemory();
      feed = new Feed(log, log.onGrowth, () => undefined);
      log.add('x', Array.from({ length: 15 }, (_, index) => TYPES[index % 3]!));
      log.add('y', Array.from({ length: 15 }, (_, index) => TYPES[index % 2]!));
      let writing = true;
      const reading = wanted.map(async ({ tenant, types, by, from, pauses, breaks, comes }) => {
        const got: number[] = [];
        await pause(comes);
        let reader = open(tenant, types, from, by);
        for (let turn = 0; writing; turn++) {
          got.push(...(await reader.next(soon(100))).events.map(({ n }) => n));
          await pause(pauses[turn % pauses.length]!);
          // Who was cut off goes on after the last that they had.
          if (breaks > 0 && turn % 4 === breaks) reader = open(tenant, types, Number(reader.position.split('.')[1]), by);
        }
        return [...got, ...await all(reader)];
      });
      for (const { tenant, types, after } of written) {
        await pause(after);
        log.add(tenant, types);
      }
      writing = false;
      const got = await Promise.all(reading);
      expect(got).toEqual(wanted.map(({ tenant, types, from }) => log.wanted(tenant, (type) => types.includes(type), from)));
      feed.close();
    }), { numRuns: 15 });
  }, 120_000);

  it('shares one reading, and the same bytes, with all who are at the end', async () => {
    log.add('x', ['a']);
    const readers = Array.from({ length: 50 }, () => open('x', TYPES, 1));
    const waiting = readers.map((reader) => reader.next(soon()));
    await pause(50);
    log.add('x', ['a', 'b']);
    const stretches = await Promise.all(waiting);
    expect(log.pages).toBe(1);
    expect(new Set(stretches.map(({ frames }) => frames)).size).toBe(1);
    expect(stretches[0]!.frames.toString()).toBe('id: 1.2\nevent: a\ndata: {"type":"a","position":"1.2","unseal":false}\n\nid: 1.3\nevent: b\ndata: {"type":"b","position":"1.3","unseal":false}\n\n');
  });

  it('is moved on by what does not pass, so that it does not begin far back', async () => {
    const reader = open('x', ['c']);
    const waiting = reader.next(soon(600));
    await pause(50);
    log.add('x', ['a', 'a']);
    log.add('y', ['c']);
    expect(await waiting).toMatchObject({ events: [], upTo: 3 });
    expect(reader.position).toBe('1.3');
  });

  it('who looks at segments and comes while others are read who do not, reads what was read without them', async () => {
    const other = open('x').next(soon());
    await pause(50);
    let release = () => {};
    log.gate = new Promise((resolve) => { release = resolve; });
    log.add('x', ['a']);
    await pause(50);
    expect(log.pages).toBe(1);
    const waiting = all(open('x', ['a'], 0, 'segment'));
    await pause(20);
    release();
    expect([(await other).events.length, await waiting]).toEqual([1, [1]]);
  });

  it('who is slow reads the log for itself when it comes back, and holds up nobody', async () => {
    const long = 'b'.repeat(150);
    const [slow, quick] = [open('x', ['a', long]), open('x', ['a', long])];
    const had = quick.next(soon());
    await slow.next(soon(50));
    log.add('x', ['a']);
    expect((await had).events).toHaveLength(1);
    for (let turn = 0; turn < 20; turn++) log.add('x', Array.from({ length: 400 }, () => long));
    expect((await all(quick))).toHaveLength(8_000);
    expect((await all(slow))).toEqual(log.wanted('x', () => true));
  });

  it('is cut short so that it never holds more than a bounded text', async () => {
    const long = 'a'.repeat(100_000);
    const types = [long];
    const reader = open('x', types);
    log.add('x', [long, long, long, long]);
    const sizes: number[] = [];
    for (let got = 0; got < 4;) {
      const { events } = await reader.next(soon());
      got += events.length;
      sizes.push(events.length);
    }
    expect(sizes).toEqual([2, 2]);
  });

  it('goes on when the log could not be read for a while, even if nobody told it of what has come', async () => {
    const reader = open('x');
    const waiting = reader.next(soon(5_000));
    await pause(50);
    log.failing = true;
    log.add('x', ['a']);
    await pause(100);
    log.failing = false;
    expect((await waiting).events).toHaveLength(1);
    expect(warnings).toHaveLength(1);
  }, 10_000);

  it('hears when the log begins another life', async () => {
    const reader = open('x');
    await reader.next(soon(50));
    const waiting = reader.next(soon(3_000));
    log.epoch = 2;
    await waiting;
    await expect(reader.next(soon())).rejects.toThrow(FeedEnded);
    await expect(reader.page(1)).rejects.toThrow(FeedEnded);
  });

  it('ends at once when it is told to', async () => {
    const controller = new AbortController();
    const waiting = open('x').next({ until: Infinity, signal: controller.signal });
    await pause(20);
    controller.abort();
    expect((await waiting).events).toEqual([]);
  });
});

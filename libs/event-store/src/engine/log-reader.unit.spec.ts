import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { parsePosition } from '#journey';
import { MemoryEventStore } from '../memory/memory-event-store.js';
import { LogReader } from './log-reader.js';

let store: MemoryEventStore;
let log: LogReader;
let told = 0;

const append = (count: number, category = 'customer') => store.append(Array.from({ length: count }, () => {
  told += 1;
  const event = { source: 'test', id: `e${told}`, type: 'x-test.noted', version: 1, occurredAt: '2026-01-05T10:00:00.000Z', actor: { kind: 'system', id: 'test' } as const, data: {}, bodyHash: String(told) };
  return { stream: { tenant: 't', category, id: 's' }, expected: 'any' as const, events: [event] };
}));
const page = async (after: number, limit = 2) => {
  const { events, upTo, atEnd } = await log.read(`1.${after}`, limit);
  return [events.length, parsePosition(upTo).n, atEnd];
};

beforeEach(() => {
  store = new MemoryEventStore();
  log = new LogReader(store, ['customer']);
});
afterEach(() => log.close());

describe('The reader of the log', () => {
  it('begins to read once for all who go on from page to page, and shares the pages', async () => {
    await append(3);
    await append(2, 'clock');
    const read = jest.spyOn(store, 'read');
    expect([await page(0), await page(0), await page(2)]).toEqual([[2, 2, false], [2, 2, false], [1, 5, true]]);
    expect(await page(2)).toEqual([1, 5, true]);
    expect(read).toHaveBeenCalledTimes(1);
  });

  it('takes the end of what it has begun to read for the end of the log only when nothing has come since', async () => {
    await append(3);
    expect(await page(0)).toEqual([2, 2, false]);
    await append(2);
    expect([await page(2), await page(3), await page(5)]).toEqual([[1, 3, false], [2, 5, false], [0, 5, true]]);
    await append(4);
    await page(5);
    await page(7);
    await append(1);
    // Nothing is left in the reading that was begun before the last one came.
    expect([await page(9), await page(10)]).toEqual([[1, 10, true], [0, 10, true]]);
  });

  it('reads for two who are far apart, each in a reading of its own', async () => {
    await append(12);
    const read = jest.spyOn(store, 'read');
    for (const after of [0, 2, 4]) await page(after);
    for (const after of [0, 6, 2, 8]) await page(after);
    expect(read.mock.calls.map(([after]) => after)).toEqual(['1.0', '1.0']);
  });

  it('begins anew after an error', async () => {
    await append(1);
    jest.spyOn(store, 'read').mockImplementationOnce(() => { throw new Error('away'); });
    await expect(log.read('1.0', 2)).rejects.toThrow('away');
    expect(await page(0)).toEqual([1, 1, true]);
  });
});

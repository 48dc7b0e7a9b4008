import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { loadMapping } from './mapping/load-mapping.js';
import { mapFile } from './map-rows.js';
import { mapText } from './testing.js';

const yaml = `
mapping: 1
source: t
zone: UTC
customer: {system: t, id: {column: account}}
time: {column: day}
events:
  - {type: usage.reported, data: {from: {column: day}, to: {column: day}, volume: {column: n}}}`;

describe('A long file', () => {
  it('is mapped in constant memory, no faster than it is read', async () => {
    let produced = 0;
    async function* bytes(): AsyncGenerator<Buffer> {
      yield Buffer.from('account,day,n\n');
      for (let chunk = 0; chunk < 200; chunk++) {
        produced += 1_000;
        yield Buffer.from(Array.from({ length: 1_000 }, (_, index) => `a${index % 97},2024-01-${String((index % 28) + 1).padStart(2, '0')},${chunk}\n`).join(''));
      }
    }
    const { rows } = await mapFile(bytes(), loadMapping(`${yaml}\nid: {hash: [account]}`));
    let seen = 0;
    let furthest = 0;
    let early = 0;
    for await (const row of rows) {
      seen += 1;
      furthest = Math.max(furthest, produced - seen);
      if ('problem' in row) throw new Error(row.problem.message);
      if (seen === 50_000) early = heapAfterGc();
    }
    expect(seen).toBe(200_000);
    expect(furthest).toBeLessThan(60_000);
    expect(heapAfterGc() - early).toBeLessThan(20 * 1024 * 1024);
  }, 60_000);

  it('is left when nobody reads on', async () => {
    let closed = false;
    async function* bytes(): AsyncGenerator<Buffer> {
      try {
        yield Buffer.from('account,day,n\n');
        for (;;) yield Buffer.from('a,2024-01-01,1\n'.repeat(500));
      } finally {
        closed = true;
      }
    }
    for await (const { row } of (await mapFile(bytes(), loadMapping(yaml))).rows) if (row === 1_000) break;
    for (const end = Date.now() + 5_000; !closed && Date.now() < end;) await new Promise((resolve) => setTimeout(resolve, 5));
    expect(closed).toBe(true);
  });
});

describe('The ids of a file', () => {
  const idsOf = async (rows: readonly (readonly [number, number])[], id: string) =>
    (await mapText(`${yaml}\nid: ${id}`, `account,day,n\n${rows.map(([account, n]) => `a${account},2024-01-01,${n}`).join('\n')}`))
      .flatMap((row) => ('events' in row ? row.events.map((event) => event.id) : []));

  it('are the same in whatever order the rows stand, copies included', async () => {
    const table = fc.array(fc.tuple(fc.integer({ min: 0, max: 3 }), fc.integer({ min: 0, max: 3 })), { minLength: 1, maxLength: 12 });
    const shuffled = table.chain((rows) => fc.tuple(fc.constant(rows), fc.shuffledSubarray(rows, { minLength: rows.length, maxLength: rows.length })));
    await fc.assert(fc.asyncProperty(shuffled, async ([rows, other]) => {
      for (const id of ['"${account}-${n}"', '{hash: row}', '{hash: [n], occurrence: true}']) {
        expect((await idsOf(other, id)).sort()).toEqual((await idsOf(rows, id)).sort());
      }
      expect(new Set(await idsOf(rows, '{hash: row, occurrence: true}')).size).toBe(rows.length);
    }), { numRuns: 40 });
  });
});

function heapAfterGc(): number {
  setFlagsFromString('--expose-gc');
  (runInNewContext('gc') as () => void)();
  return process.memoryUsage().heapUsed;
}

import { nextLine, spawnTypescript } from '../../support/child.js';
import type { BenchCase } from '../bench-case.js';
import { furnish } from '../doors.js';
import type { House } from '../house.js';

const MOST_MIB = 512;

/** The most memory of a process that imports, however many lines there are: 200,000, or as many as BENCH_LINES says. */
export function memoryImport(house: House): BenchCase {
  const lines = process.env['BENCH_LINES'] ?? '200000';
  return {
    name: 'memory-import', unit: 'MiB resident', lowerIsBetter: true, aim: 1, limitIs: `what an import may have; ${lines} lines, the importing process by itself`,
    prepare: async () => {
      const masterKey = await furnish(house);
      // Far from the ids of the other cases.
      let turn = 1_000;
      const ours = async () => {
        turn += 1;
        const said = JSON.parse(await nextLine(spawnTypescript('test/bench/servers/importer.ts', [house.url, masterKey, String(turn), lines]))) as { mebibytes: number; perSecond: number };
        console.log(`\n${said.mebibytes} MiB at most, ${said.perSecond} events/s`);
        return said.mebibytes;
      };
      return { ours, limit: async () => MOST_MIB };
    },
  };
}

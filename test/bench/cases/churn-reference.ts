import type { BenchCase } from '../bench-case.js';
import type { House } from '../house.js';
import { type Measured, tableOf } from './churn/measured.js';
import { references } from './churn/references.js';
import { progressOf } from './churn/shown.js';

/** How many of the reference results are met; prints the table. All is seeded, so one time says it. */
export function churnReference(house: House): BenchCase {
  let lines: Measured[] = [];
  return {
    name: 'churn-reference', unit: 'reference results met', aim: 1, limitIs: 'all there are in the table above',
    prepare: async () => {
      for (const reference of references) lines = [...lines, ...await reference.measured(house, progressOf(reference.name))];
      console.log(`\n${tableOf(lines)}\n`);
      return { ours: async () => lines.filter(({ met }) => met).length, limit: async () => lines.length };
    },
  };
}

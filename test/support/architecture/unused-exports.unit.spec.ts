import { describe, expect, it } from '@jest/globals';
import { unusedExports, unusedThroughDoors } from './unused-exports.js';

const files = [
  { path: 'libs/a/src/index.ts', text: `export { used, type Shape, unused } from './one.js';\nexport * from './two.js';` },
  { path: 'libs/a/src/one.ts', text: 'export function used() {}\nexport const unused = 1;\nexport interface Shape {}\nexport async function* alone() {}' },
  { path: 'libs/a/src/two.ts', text: 'export class Starred {}\nexport const kept = 2;' },
  { path: 'libs/a/src/two.unit.spec.ts', text: 'new Starred(); unused;' },
  { path: 'apps/b/src/main.ts', text: `import { used } from '#a';\nused();` },
];

describe('What is exported', () => {
  it('is told when no other file names it', () => {
    expect(unusedExports(files, new Set(['kept']))).toEqual(['libs/a/src/one.ts exports alone, which nobody uses']);
  });

  it('is told when a door hands it out and nobody outside names it', () => {
    expect(unusedThroughDoors(files, new Set(['kept']))).toEqual([
      'libs/a/src/index.ts hands out unused, which nobody outside uses', 'libs/a/src/index.ts hands out Starred, which nobody outside uses',
    ]);
  });
});

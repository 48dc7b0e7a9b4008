import { describe, expect, it } from '@jest/globals';
import { allowedImports, forbiddenImports } from './forbidden-imports.js';
import { HOUSE_RULES } from './house-rules.js';
import { parseSource } from './source.js';

const complaints = (path: string, text: string): string[] => Object.values(HOUSE_RULES).flatMap((rule) => rule(parseSource(path, text)));
const lines = (count: number): string => 'export const a = 1;\n'.repeat(count);

describe('the rules of the house refuse', () => {
  it.each([
    ...forbiddenImports,
    ['libs/intake/src/a.ts', `const b = await import('#read-model');`],
    ['libs/read-model/src/a.ts', `type B = import('#intake').B;`],
    ['libs/insight/src/a.ts', `const b = new Date();`],
    ['libs/insight/src/a.ts', `const b = new Date;`],
    ['libs/insight/src/a.ts', `const b = Date.now();`],
    ['libs/insight/src/a.ts', `const b = [1, 2].map(Math.random);`],
    ['libs/insight/src/a.ts', `const b = performance.now();`],
    ['libs/insight/src/a.ts', `const b = crypto.randomUUID();`],
    ['libs/insight/src/a.ts', `const b = globalThis.process.env;`],
    ['libs/journey/src/a.ts', `const b = process['env'];`],
    ['apps/api/src/http/a.ts', `const b = process.env['HOST'];`],
    ['infra/postgres/a.ts', `const { PATH } = process.env;`],
    ['libs/event-store/src/a.ts', `import { env } from 'node:process';`],
    ['libs/read-model/src/a.ts', `const b = new Database('', 'touchline_reader');`],
    ['libs/event-store/src/engine/a.ts', `const b = new pg.Pool();`],
    ['libs/intake/src/a.ts', `const b = new Client();`],
    ['libs/read-model/src/a.ts', `const b = this.reader.transaction(() => 1);`],
    ['libs/intake/src/a.ts', lines(251)],
    ['libs/intake/src/a.ts', `class A { constructor(@In(X) a: 1, @In(Y) b: 1, c: 1, d: 1, e: 1, f: 1) {} }`],
    ['libs/intake/src/record/index.ts', `export const a = 1;`],
  ])('%s: %s', (path, text) => {
    expect(complaints(path, text)).toHaveLength(1);
  });
});

describe('the rules of the house allow', () => {
  it.each([
    ...allowedImports,
    ['libs/insight/src/a.ts', `import type { JourneyEvent } from '#journey';\n// not new Date() nor process.env\nconst b = new Date(0);`],
    ['libs/insight/src/a.ts', `const b = { process: 1 }.process;`],
    ['libs/event-store/src/postgres/a.ts', `const b = new pg.Pool();`],
    ['libs/read-model/src/a.ts', `const b = this.worker.transaction(() => 1);`],
    ['libs/intake/src/a.ts', `class A { constructor(a: Map<1, 2>, b: Map<1, 2>, c: Map<1, 2>) {} }`],
    ['libs/intake/src/a.ts', lines(250)],
    ['libs/journey/src/types/a.ts', lines(400)],
    ['libs/intake/src/index.ts', `export { a } from './a.js';`],
    ['apps/api/src/main.ts', `const b = readSettings(ApiSettings, process.env, console.error);`],
    ['apps/api/src/a.ts', `const b = new Database('', 'touchline_reader');`],
  ])('%s: %s', (path, text) => {
    expect(complaints(path, text)).toEqual([]);
  });
});

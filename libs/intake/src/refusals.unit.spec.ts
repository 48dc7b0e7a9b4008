import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { refusals } from './refusals.js';

const folder = 'libs/intake/src';
const sources = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.ts') && !name.endsWith('.spec.ts') && name !== 'refusals.ts')
  .map((name) => readFileSync(join(folder, name), 'utf8')).join('\n');

describe('The catalogue of refusals', () => {
  it('names nothing that no door says', () => {
    expect(Object.keys(refusals).filter((code) => !sources.includes(`'${code}'`))).toEqual([]);
  });
});

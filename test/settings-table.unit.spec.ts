import { readFileSync, writeFileSync } from 'node:fs';
import { expect, it } from '@jest/globals';
import { settingsTable } from '../apps/api/src/settings.js';

const README = 'README.md';
const MARKS = /(<!-- settings -->\n)[^]*?(<!-- \/settings -->)/;

it('shows in the README the settings that the API really reads (UPDATE=1 npm test -- settings-table writes them)', () => {
  const readme = readFileSync(README, 'utf8');
  const fresh = readme.replace(MARKS, (_all, start: string, end: string) => `${start}${settingsTable()}\n${end}`);
  if (process.env['UPDATE'] === '1') writeFileSync(README, fresh);
  expect(readFileSync(README, 'utf8')).toBe(fresh);
});

import { readFileSync, writeFileSync } from 'node:fs';
import { expect, it } from '@jest/globals';
import { eventTypes } from '#journey';
import { roleNames, sends } from './roles.js';
import { rolesTable } from './roles-table.js';

const PAGE = 'infra/OPERATING.md';
const MARKS = /(<!-- roles -->\n)[^]*?(<!-- \/roles -->)/;

it('shows in OPERATING.md what each role may really do (UPDATE=1 npm test -- roles-table writes it)', () => {
  const readme = readFileSync(PAGE, 'utf8');
  const fresh = readme.replace(MARKS, (_all, start: string, end: string) => `${start}${rolesTable()}\n${end}`);
  if (process.env['UPDATE'] === '1') writeFileSync(PAGE, fresh);
  expect(readFileSync(PAGE, 'utf8')).toBe(fresh);
  expect(readme).toMatch(MARKS);
});

it('lets roles send only families and types of facts that there are', () => {
  const families = eventTypes.flatMap(({ type }) => [type, type.split('.')[0]]);
  for (const role of roleNames) for (const family of sends[role] === 'all' ? [] : sends[role]) expect(families).toContain(family);
});

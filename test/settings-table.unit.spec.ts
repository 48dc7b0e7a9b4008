import { readFileSync, writeFileSync } from 'node:fs';
import { expect, it } from '@jest/globals';
import { settingsTable } from '#startup';
import { ApiSettings, MasterKeySettings } from '../apps/api/src/settings.js';
import { CliSettings } from '../apps/cli/src/settings.js';
import { StandaloneSettings } from '../apps/standalone/src/settings.js';
import { WorkerSettings } from '../apps/worker/src/settings.js';

const PAGE = 'infra/OPERATING.md';
const MARKS = /(<!-- settings -->\n)[^]*?(<!-- \/settings -->)/;

it('shows in OPERATING.md the settings that the apps really read (UPDATE=1 npm test -- settings-table writes them)', () => {
  const readme = readFileSync(PAGE, 'utf8');
  const table = settingsTable([StandaloneSettings, ApiSettings, MasterKeySettings, WorkerSettings, CliSettings]);
  const fresh = readme.replace(MARKS, (_all, start: string, end: string) => `${start}${table}\n${end}`);
  if (process.env['UPDATE'] === '1') writeFileSync(PAGE, fresh);
  expect(readFileSync(PAGE, 'utf8')).toBe(fresh);
});

import { describe, expect, it } from '@jest/globals';
import { readFileSync, writeFileSync } from 'node:fs';
import { firstScorecard } from './cards/first-scorecard.js';
import { signalNames } from './signals/all.js';
import { measuresTable } from './testing/measures-table.js';

describe('The README', () => {
  const file = new URL('../README.md', import.meta.url);
  const readme = readFileSync(file, 'utf8');

  it('shows the measures as the card has them (UPDATE=1 npm test -- libs/insight writes them)', () => {
    const table = /(<!-- measures:[^\n]*-->\n)([\s\S]*?)(\n?<!-- \/measures -->)/;
    const fresh = readme.replace(table, (_, start: string, _table: string, end: string) => `${start}${measuresTable(firstScorecard)}${end}`);
    if (process.env['UPDATE'] === '1') writeFileSync(file, fresh);
    const shown = table.exec(process.env['UPDATE'] === '1' ? fresh : readme)?.[2];
    expect(shown).toBe(measuresTable(firstScorecard));
  });

  it('has a page that says of every signal what it is, and of no other', () => {
    const page = readFileSync(new URL('../SIGNALS.md', import.meta.url), 'utf8');
    expect([...page.matchAll(/^\| `([^`]+)` \|/gm)].map(([, name]) => name)).toEqual([...signalNames, 'measurement:<name>']);
  });

  it('stays short', () => {
    expect(readme.trimEnd().split('\n').length).toBeLessThanOrEqual(60);
  });
});

import { describe, expect, it } from '@jest/globals';
import { readFileSync } from 'node:fs';
import { firstScorecard } from './cards/first-scorecard.js';
import { measuresTable } from './testing/measures-table.js';

describe('The README', () => {
  const readme = readFileSync(new URL('../README.md', import.meta.url), 'utf8');

  it('shows the measures as the card has them', () => {
    const shown = /<!-- measures:[^\n]*-->\n([\s\S]*?)\n?<!-- \/measures -->/.exec(readme)?.[1];
    expect(shown).toBe(measuresTable(firstScorecard));
  });

  it('stays short', () => {
    expect(readme.trimEnd().split('\n').length).toBeLessThanOrEqual(60);
  });
});

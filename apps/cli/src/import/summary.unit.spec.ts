import { expect, it } from '@jest/globals';
import { summaryLines } from './summary.js';
import { newTally } from './tally.js';

it('The end of an import calls history only what came long after it was known, and says of what was not opened why', () => {
  const summary = { import: 'i', lines: 6, appended: 6, duplicate: 0, conflict: 0, rejected: 0, customers: 1, historic: 0, notOpened: { recoveries: 6, surveyCauses: 2 }, position: null, seconds: 0.1 };
  const text = summaryLines({ name: 'a.csv', importId: 'i', dryRun: false }, newTally(), summary).join('\n');
  expect(text).toContain('0 of the events are history');
  expect(text).toContain('Not opened, because it happened, or was known, more than 7 days ago: 6 recoveries, 2 facts after which programs ask');
  expect(text.match(/history/g)).toHaveLength(1);
});

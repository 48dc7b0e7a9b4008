import { expect, it } from '@jest/globals';
import { publishNext } from './publish.js';
import type { PublishedReport } from './published.js';

const published = (report: string, segment?: string) => ({ report, period: report.slice(0, 7), ...(segment !== undefined && { segment }) }) as PublishedReport;

it('A report takes the place of the newest of its quarter and segment, also of one that somebody published meanwhile', async () => {
  const log = [published('2025-Q3-2', 'small'), published('2025-Q3-1'), published('2025-Q2-1')];
  const made: (string | null)[] = [];
  const publish = (segment: string | null, faster: PublishedReport[]) => publishNext({
    list: async () => log, period: '2025-Q3', segment,
    make: async (before) => { made.push(before?.report ?? null); return before?.report ?? null; },
    say: async (report, before) => { const other = faster.shift(); if (other) log.unshift(other); return other ? null : `${report} for ${before}`; },
  });
  expect(await publish(null, [])).toEqual({ report: '2025-Q3-3', said: '2025-Q3-3 for 2025-Q3-1' });
  expect(await publish('large', [])).toEqual({ report: '2025-Q3-3', said: '2025-Q3-3 for null' });
  // Somebody publishes the same meanwhile: it is made anew; one of another segment costs the number alone.
  expect(await publish(null, [published('2025-Q3-3'), published('2025-Q3-4', 'small')])).toEqual({ report: '2025-Q3-5', said: '2025-Q3-5 for 2025-Q3-3' });
  expect(made).toEqual(['2025-Q3-1', null, '2025-Q3-1', '2025-Q3-3']);
  expect(await publish(null, Array.from({ length: 5 }, (_, n) => published(`2025-Q3-${n + 5}`)))).toBeNull();
});

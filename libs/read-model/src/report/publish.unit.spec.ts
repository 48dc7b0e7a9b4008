import { expect, it } from '@jest/globals';
import { dayCounter } from '#insight';
import { publishNext } from './publish.js';
import { isFirstLook, type PublishedReport } from './published.js';

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

it("A person looks once a day of the tenant's calendar, whatever the day of UTC is", () => {
  // 19:30 and 20:30 in New York on 3 August; in UTC the second is of the day after.
  const looks = [{ actor: { kind: 'person' as const, id: 'mara' }, occurredAt: '2026-08-03T23:30:00Z' }];
  const isFirst = (viewer: string, at: string, zone = 'America/New_York') => isFirstLook(looks, { viewer, at, dayOf: dayCounter(zone) });
  expect([isFirst('mara', '2026-08-04T00:30:00Z'), isFirst('mara', '2026-08-04T00:30:00Z', 'UTC'), isFirst('mara', '2026-08-04T04:30:00Z'), isFirst('anna', '2026-08-04T00:30:00Z')]).toEqual([false, true, true, true]);
});

import { expect, it } from '@jest/globals';
import { quarterAfter, quarterOf } from '#insight';
import type { PublishedReport } from '#read-model';
import { reportsView } from './reports-view.js';

const HOSTILE = `"><script>alert(1)</script>`;
const quarters = [0, -1, -2].map((back) => quarterAfter(quarterOf('2026-Q4')!, back));
const report = (id: string, more: Partial<PublishedReport> = {}): PublishedReport => ({
  report: id, period: '2026-Q3', upTo: '1.42', knownAt: '2026-10-02T06:00:00.000Z', asOf: '2026-09-30T21:59:59.999Z', composition: 1, figures: 'f'.repeat(64),
  files: (['json', 'html', 'pdf'] as const).map((format) => ({ format, sha256: 'e'.repeat(64), bytes: 1 })), at: '2026-10-02T06:00:00.000Z', by: 'rike', ...more,
});

it('offers quarters, the last that is over chosen, and each published report in the shapes that were kept, with what took its place', () => {
  const published = [report('2026-Q3-2', { supersedes: { report: '2026-Q3-1', figures: 'f'.repeat(64), at: '2026-10-02T06:00:00.000Z' } }), report('2026-Q3-1', { segment: HOSTILE })];
  const { text } = reportsView({ published, quarters, segments: [HOSTILE], timeZone: 'Europe/Berlin' });
  expect(text).toContain('<option value="2026-Q4">2026-Q4, so far</option><option value="2026-Q3" selected>2026-Q3</option><option value="2026-Q2">');
  expect(text).toMatch(/2026-Q3-2<\/h3>[^]*all customers: published <time datetime="2026-10-02T06:00:00.000Z">2 Oct 2026, 08:00<\/time> by rike[^]*Takes the place of 2026-Q3-1[^]*2026-Q3-1<\/h3>[^]*2026-Q3-2 took its place/);
  expect([...text.matchAll(/href="(\/v1[^"]+)"/g)].map(([, href]) => href)).toEqual(['2026-Q3-2', '2026-Q3-1'].flatMap((id) => [`/v1/reports/${id}?format=html`, `/v1/reports/${id}?format=pdf`]));
  expect(text).not.toContain('<script');
});

it('says how to publish the first', () => {
  expect(reportsView({ published: [], quarters, segments: [], timeZone: 'UTC' }).text).toContain('touchline report publish --period 2026-Q3');
});

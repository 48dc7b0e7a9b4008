import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { FakeDoor, touchline } from './testing.js';

const door = new FakeDoor();
let url: string;
beforeAll(async () => { url = await door.open(); });
afterAll(() => door.close());

const run = (...args: string[]) => touchline(['report', 'schedule', ...args], { url });
const PATH = '/v1/tenant/report-schedule';

it('touchline report schedule says when the report comes, and sets it as a whole', async () => {
  door.answers.set(`GET ${PATH}`, { status: 200, body: { say: 'It is switched off.' } });
  door.answers.set(`PUT ${PATH}`, { status: 200, body: { say: 'It comes on Monday.' } });
  expect((await run()).out).toBe('It is switched off.');
  expect((await run('--on', '--days', '7', '--segments', 'large, small', '--to', 'mara')).out).toBe('It comes on Monday.');
  await run('--off');
  expect(door.asked.filter(({ path }) => path.startsWith(PATH)).map(({ method, body }) => [method, body])).toEqual([
    ['GET', undefined], ['PUT', { on: true, daysAfter: 7, segments: ['large', 'small'], to: ['mara'] }], ['PUT', { on: false }],
  ]);
  expect((await run('--on', '--off')).err).toContain('not both');
  expect((await run('--to', 'mara')).err).toContain('--on or --off as well');
  expect((await run('--on', '--days', 'five')).err).toContain('from 1 to 60');
});

it('touchline report takes the last line: the report in words, or a file as it was made', async () => {
  const at = '/v1/reports/strategic';
  door.answers.set(`GET ${at}`, { status: 200, body: { title: 'Strategic customer intelligence, 2026-Q3', isOver: true, position: '1.9', pages: [] } });
  expect((await touchline(['report', '--period', '2026-Q3'], { url })).out).toBe('Strategic customer intelligence, 2026-Q3; facts up to 1.9.');
  door.answers.set(`GET ${at}`, { status: 200, body: { format: 'csv', base64: Buffer.from('page,NPS µ').toString('base64') } });
  expect((await touchline(['report', '--segment', 'large', '--format', 'csv'], { url })).out).toBe('page,NPS µ');
  expect(door.asked.filter(({ path }) => path === at).map(({ query }) => query)).toEqual([{ period: '2026-Q3' }, { segment: 'large', format: 'csv' }]);
  door.answers.set(`POST ${at}/publish`, { status: 200, body: { report: '2026-Q3-1', files: [{ format: 'pdf', sha256: 'ab12' }] } });
  expect((await touchline(['report', 'publish', '--period', '2026-Q3'], { url })).out).toBe("2026-Q3-1 is published; the PDF's SHA-256 is ab12.");
});

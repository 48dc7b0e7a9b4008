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

import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { FakeDoor, touchline } from './testing.js';

const door = new FakeDoor();
let url: string;
beforeAll(async () => { url = await door.open(); });
afterAll(() => door.close());

it('touchline answers complaint says of a recovery that is closed how it is opened again', async () => {
  const complain = async (recovery: object | null) => {
    door.answers.set('POST /v1/answers/V-1/complaint', { status: 201, body: {} });
    door.answers.set('GET /v1/answers/V-1', { status: 200, body: { recovery } });
    return (await touchline(['answers', 'complaint', 'V-1'], { url })).out;
  };
  expect(await complain({ id: 'R-1', state: 'closed' })).toMatch(/^V-1 is a complaint now\.\nIts recovery R-1 was closed\..*touchline recovery reopen R-1$/);
  expect(await complain({ id: 'R-1', state: 'open' })).toBe('V-1 is a complaint now.');
  expect(await complain(null)).toBe('V-1 is a complaint now.');
});

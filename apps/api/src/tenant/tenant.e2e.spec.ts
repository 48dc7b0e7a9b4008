import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { storyOfThree } from '../openapi/testing/story-of-three.js';
import { startApi, type TestApi } from '../testing/start-api.js';

let api: TestApi;
let admin: string;
const json = async (response: Response) => ({ status: response.status, body: await response.json() as any });
const pin = async (day: unknown, key = admin) => json(await api.call(key, 'PUT', '/v1/tenant/today', { day }));
const get = async (path: string) => (await json(await api.call(admin, 'GET', path))).body;

beforeAll(async () => {
  api = await startApi();
  admin = await api.key('admin');
  await storyOfThree(api, admin);
}, 60_000);
afterAll(() => api.stop());

describe("A tenant's today", () => {
  it('is set by an administrator, and every answer says so until it follows the clock again', async () => {
    expect(await get('/v1/tenant/today')).toMatchObject({ today: { pinned: false }, setBy: null, setAt: null });
    const { status, body } = await pin('2025-04-10');
    expect({ status, body }).toMatchObject({ status: 200, body: { today: { date: '2025-04-10', pinned: true }, setBy: { kind: 'person', id: 'admin-1' }, setAt: expect.any(String) } });
    const answers = ['/v1/customers', '/v1/customers/north', '/v1/customers/north/health', '/v1/customers/north/health/history', '/v1/customers/north/health/difference', '/v1/portfolio', '/v1/today'];
    for (const path of answers) expect({ path, today: (await get(path)).today }).toMatchObject({ path, today: { date: '2025-04-10', pinned: true } });
    expect((await get('/v1/customers/north/health')).asOf).toBe('2025-04-10T23:59:59.999Z');
    expect(await (await api.call(admin, 'GET', '/', undefined, { accept: 'text/html' })).text()).toContain('a day set by hand');
    expect((await pin(null)).body.today.pinned).toBe(false);
    expect((await get('/v1/portfolio')).today.pinned).toBe(false);
  });

  it('is refused when it has not been, does not exist, or nobody said which', async () => {
    for (const day of ['2999-01-01', '2025-02-30', 'soon', 7, undefined]) {
      expect({ day, ...await pin(day) }).toMatchObject({ day, status: 422, body: { code: 'invalid-body', errors: [{ pointer: '/day' }] } });
    }
    expect((await get('/v1/tenant/today')).today.pinned).toBe(false);
  });

  it('is set for one tenant only, and by administrators only', async () => {
    expect((await pin('2025-04-10', await api.key('csm'))).status).toBe(403);
    await pin('2025-04-10');
    const globex = await api.key('admin', 'globex');
    expect((await json(await api.call(globex, 'GET', '/v1/tenant/today'))).body).toMatchObject({ today: { pinned: false }, setBy: null });
    await pin(null);
  });
});

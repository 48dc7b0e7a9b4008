import { request as send } from 'node:http';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { startApi, type TestApi } from '../testing/start-api.js';

let api: TestApi;
let admin: string;
beforeAll(async () => {
  api = await startApi();
  admin = await api.key('admin');
}, 60_000);
afterAll(() => api.stop());

const json = async (response: Response) => ({ status: response.status, body: await response.json() as any });

/** A request whose body begins and does not end; the status of the answer, or 0 when the connection is ended by us after `ms`. */
const unfinished = (path: string, headers: Record<string, string>, begin: string, ms: number) => new Promise<number>((resolve) => {
  const request = send(`${api.url}${path}`, { method: 'POST', headers }, (response) => { resolve(response.statusCode!); request.destroy(); });
  request.on('error', () => resolve(0));
  request.write(begin);
  setTimeout(() => request.destroy(), ms);
});
const jsonType = { 'content-type': 'application/json', 'content-length': '1000' };

describe('A request', () => {
  it('without a key is refused before its body is read', async () => {
    expect(await unfinished('/v1/events', jsonType, '{', 1_000)).toBe(401);
    expect(await unfinished('/v1/events/import', { 'content-type': 'application/x-ndjson' }, '{', 1_000)).toBe(401);
    expect(await unfinished('/login', jsonType, '{', 1_000)).toBe(415);
    expect(await unfinished('/nowhere', jsonType, '{', 1_000)).toBe(404);
  });

  it('whose body does not arrive in time is told so', async () => {
    expect(await unfinished('/v1/events', { ...jsonType, authorization: `Bearer ${admin}` }, '{', 5_000)).toBe(408);
  });

  it('with a method that the path does not answer learns which it does', async () => {
    const response = await api.call(admin, 'PUT', '/v1/today');
    expect([response.status, response.headers.get('allow')]).toEqual([405, 'GET, HEAD, OPTIONS']);
    const options = await api.call(null, 'OPTIONS', '/v1/customers/crm:x/health');
    expect([options.status, options.headers.get('allow')]).toEqual([204, 'GET, HEAD, OPTIONS']);
  });

  it('by HEAD is answered as by GET, without the body', async () => {
    const [get, head] = [await api.call(null, 'GET', '/v1/event-types'), await api.call(null, 'HEAD', '/v1/event-types')];
    expect([head.status, head.headers.get('etag'), await head.text()]).toEqual([200, get.headers.get('etag'), '']);
  });

  it('that a browser sends with our session from another site is refused', async () => {
    const login = (headers: Record<string, string>) => api.call(null, 'POST', '/login', `key=${admin}`, { 'content-type': 'application/x-www-form-urlencoded', ...headers });
    expect((await login({ origin: 'https://evil.example' })).status).toBe(403);
    expect((await login({ origin: api.url, 'sec-fetch-site': 'cross-site' })).status).toBe(403);
    const cookie = (await login({ origin: api.url })).headers.get('set-cookie')!.split(';')[0]!;
    const write = (headers: Record<string, string>) => api.call(null, 'PUT', '/v1/tenant/today', { day: null }, { cookie, ...headers });
    expect([(await write({ origin: 'https://evil.example' })).status, (await write({ origin: api.url })).status]).toEqual([403, 200]);
  });

  it.each([
    ['/v1/customers?limit=1&limit=2', 400], ['/v1/customers?limit=0x10', 400], ['/v1/customers?limit=-1', 400], ['/v1/customers?q=%00', 400], ['/v1/customers?cursor=x', 400],
    ['/v1/customers/crm:%00', 404], ['/v1/customers/x/health?asOf=0001-01-01', 400], ['/v1/customers/x/health?asOf=2026-02-30', 400], ['/v1/customers/%zz', 400],
  ])('to %s is answered with %i', async (path, status) => {
    expect((await json(await api.call(admin, 'GET', path))).body).toMatchObject({ status, requestId: expect.any(String) });
  });
});

describe('An import that breaks off', () => {
  it('has recorded the whole lines that came, which are duplicates when they come again', async () => {
    const line = (n: number) => JSON.stringify({ id: `b-${n}`, source: 'crm', type: 'customer.registered', customer: `c-${n}`, data: { name: 'N' } });
    const headers = { authorization: `Bearer ${admin}`, 'content-type': 'application/x-ndjson' };
    await unfinished('/v1/events/import', headers, `${line(1)}\n${line(2)}\n${line(3).slice(0, 20)}`, 600);
    const recorded = async () => (await api.connections.store.find('acme', [1, 2, 3].map((n) => ({ source: 'crm', id: `b-${n}` })))).length;
    for (let tries = 0; tries < 50 && await recorded() < 2; tries++) await new Promise((wake) => setTimeout(wake, 50));
    const answer = await (await api.call(admin, 'POST', '/v1/events/import', [1, 2, 3].map(line).join('\n'), headers)).text();
    expect(JSON.parse(answer.trim().split('\n').at(-1)!)).toMatchObject({ summary: { duplicate: 2, appended: 1, rejected: 0 } });
  });
});

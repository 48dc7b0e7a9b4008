import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { parse } from 'csv-parse/sync';
import pg from 'pg';
import { startApi, type TestApi } from '../testing/start-api.js';

const CUSTOMERS = 7;

let api: TestApi;
let key: string;
beforeAll(async () => {
  api = await startApi();
  key = await api.key('admin');
  const facts = Array.from({ length: CUSTOMERS }, (_, n) => ({ id: `r-${n}`, source: 'crm', type: 'customer.registered', customer: `c${n}`, data: { name: n === 3 ? '=HYPERLINK("x"),"y"' : `Name ${n}` } }));
  expect((await api.call(key, 'POST', '/v1/events', facts, { prefer: 'wait=5' })).status).toBe(200);
}, 60_000);
afterAll(() => api.stop());

const get = (path: string, headers = {}) => api.call(key, 'GET', path, undefined, headers);
const table = (csv: string) => parse(csv, { columns: true, record_delimiter: '\r\n' }) as Record<string, string>[];
const NAMES = ['Name 0', 'Name 1', 'Name 2', `'=HYPERLINK("x"),"y"`, 'Name 4', 'Name 5', 'Name 6'];

describe('A list as a file', () => {
  it('names the next page in Link, until there is none, and each page is of the same columns', async () => {
    const names: string[] = [];
    let pages = 0;
    for (let path: string | undefined = '/v1/customers?limit=3&format=csv&sort=name'; path !== undefined; pages++) {
      const answer: Response = await get(path);
      expect([answer.status, answer.headers.get('content-disposition'), answer.headers.get('vary'), answer.headers.get('etag')]).toEqual([200, 'attachment; filename="customers.csv"', 'authorization, cookie, accept', null]);
      names.push(...table(await answer.text()).map(({ name }) => name!));
      path = /^<(.*)>; rel="next"$/.exec(answer.headers.get('link') ?? '')?.[1];
    }
    expect([pages, [...names].sort()]).toEqual([3, [...NAMES].sort()]);
  });

  it('has all pages with all=true, in the order of the pages', async () => {
    const [whole, one] = [await get('/v1/customers?limit=2&format=csv&all=true'), await get('/v1/customers?format=csv')];
    const text = await whole.text();
    expect([whole.headers.get('link'), text]).toEqual([null, await one.text()]);
    expect(table(text).map(({ name }) => name).sort()).toEqual([...NAMES].sort());
    const lines = (await (await get('/v1/customers?all=true&limit=2', { accept: 'application/x-ndjson' })).text()).trim().split('\n').map((line) => JSON.parse(line));
    expect(lines.map(({ id, context }) => [id, Object.keys(context)])).toEqual(Array.from({ length: CUSTOMERS }, (_, n) => [`c${n}`, ['today']]));
  });

  it('is cut off where a later page fails, so that a part is not taken for the whole', async () => {
    const client = new pg.Client(api.database.adminUrl);
    await client.connect();
    try {
      // The first page needs none of it.
      await client.query('revoke insert on touchline.frozen_order from touchline_worker');
      const broken = await get('/v1/customers?all=true&limit=2&format=csv&sort=name');
      expect(broken.status).toBe(200);
      await expect(broken.text()).rejects.toThrow();
      expect(api.failures.filter((line) => line.includes('an export of all pages broke off'))).toHaveLength(1);
    } finally {
      await client.query('grant insert on touchline.frozen_order to touchline_worker');
      await client.end();
    }
    const answer = await get('/v1/customers?all=true&cursor=not-a-cursor&format=csv');
    expect([answer.status, answer.headers.get('content-type')]).toEqual([400, expect.stringContaining('application/problem+json')]);
  });

  it('comes whole though the reader has its JSON already', async () => {
    const etag = (await get('/v1/customers')).headers.get('etag')!;
    expect((await get('/v1/customers', { 'if-none-match': etag })).status).toBe(304);
    expect((await get('/v1/customers?format=csv', { 'if-none-match': etag })).status).toBe(200);
  });
});

describe('What does not come as a file', () => {
  const problem = async (answer: Response) => [answer.status, (await answer.json() as { code: string }).code];

  it('is refused with what there is', async () => {
    const other = await get('/v1/customers', { accept: 'application/pdf' });
    expect(await other.json()).toMatchObject({ status: 406, code: 'not-acceptable', offered: ['application/json', 'text/csv', 'application/x-ndjson'] });
    const secret = await get('/v1/survey-programs/webhook-secret', { accept: 'text/csv' });
    expect(await secret.json()).toMatchObject({ status: 406, offered: ['application/json'] });
    expect(await (await get('/v1/customers?format=xml')).json()).toMatchObject({ status: 400, code: 'invalid-parameter', errors: [{ pointer: '/format' }] });
  });

  it.each(['/v1/portfolio?format=csv&all=true', '/v1/customers?all=true', '/v1/customers?format=csv&all=yes', '/v1/survey-programs/webhook-secret?format=csv', '/v1/customers?format=csv&nothing=1', '/v1/customers?format=csv&format=json'])('is refused by name: %s', async (path) => {
    expect(await problem(await get(path))).toEqual([400, 'invalid-parameter']);
  });

  it('fails as JSON would: without a key, and for what is not there', async () => {
    expect(await problem(await api.call(null, 'GET', '/v1/customers?format=csv'))).toEqual([401, 'unauthorized']);
    expect(await problem(await get('/v1/customers/crm:nobody?format=csv'))).toEqual([404, 'customer-unknown']);
    expect(await problem(await api.call(await api.key('ingest'), 'GET', '/v1/customers?format=csv'))).toEqual([403, 'forbidden']);
  });
});

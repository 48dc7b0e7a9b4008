import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { startApi, type TestApi } from '../testing/start-api.js';

let api: TestApi;
let admin: string;
let position: string;
const json = async (response: Response) => ({ status: response.status, body: await response.json() as any });
const get = async (path: string, key = admin) => json(await api.call(key, 'GET', path));

beforeAll(async () => {
  api = await startApi();
  admin = await api.key('operator');
  const events = [['a', 'anna', 'Northwind'], ['b', 'ben', 'Southwind']].flatMap(([customer, owner, name]) => [
    { id: `${customer}-1`, source: 'crm', type: 'customer.registered', customer, data: { name, owner } },
    { id: `${customer}-2`, source: 'crm', type: 'customer.alias-added', customer, data: { system: 'erp', id: `${customer}-17` } },
  ]);
  const { body } = await json(await api.call(admin, 'POST', '/v1/events', events));
  expect(body.results.map((verdict: { status: string }) => verdict.status)).toEqual(['appended', 'appended', 'appended', 'appended']);
  position = body.position;
}, 60_000);
afterAll(() => api.stop());

describe('Reading', () => {
  it('shows what was just written when asked for its position', async () => {
    const { status, body } = await get(`/v1/customers?minPosition=${position}`);
    expect({ status, names: body.customers.map((customer: { name: string }) => customer.name) }).toEqual({ status: 200, names: ['Northwind', 'Southwind'] });
  });

  it('finds a customer by our id and by the id of another system, and every view of them answers', async () => {
    const views = ['', '/timeline', '/health', '/health?asOf=2026-01-01', '/health/history?step=30', '/health/difference'];
    for (const id of ['a', encodeURIComponent('erp:a-17')]) {
      for (const view of views) expect({ view: `${id}${view}`, status: (await get(`/v1/customers/${id}${view}`)).status }).toEqual({ view: `${id}${view}`, status: 200 });
    }
    expect((await get('/v1/customers/erp:nobody')).body.code).toBe('customer-unknown');
    expect((await get('/v1/customers/nobody')).status).toBe(404);
    expect((await get('/v1/customers/Northwind')).body.detail).toMatch(/system:id, such as crm:C-1001; a name is searched with GET \/v1\/customers\?q=/);
  });

  it('refuses what is known only later, and says of a day that does not exist that it does not', async () => {
    const refused = async (view: string) => {
      const { status, body } = await get(`/v1/customers/a${view}`);
      return [status, body.errors[0].pointer, body.detail];
    };
    for (const view of ['/health?', '/health/history?', '/health/difference?']) {
      expect(await refused(`${view}knownAt=2099-01-01`)).toEqual([400, '/knownAt', expect.stringMatching(/^knownAt must not be after today, \d{4}-\d\d-\d\d: nobody knows yet what will be known then\./)]);
      expect((await get(`/v1/customers/a${view}knownAt=${new Date().toISOString().slice(0, 10)}`)).status).toBe(200);
    }
    expect(await refused('/health?asOf=2026-02-30')).toEqual([400, '/asOf', expect.stringContaining('names a day that does not exist, 2026-02-30')]);
    expect(await refused('/health?asOf=yesterday')).toEqual([400, '/asOf', expect.stringContaining('must be a date such as')]);
  });

  it('shows a customer-success person their own customers, and all when they ask', async () => {
    const anna = await api.key('csm', 'acme', 'anna');
    const names = async (query: string) => (await get(`/v1/customers${query}`, anna)).body.customers.map((customer: { id: string }) => customer.id);
    expect([await names(''), await names('?owner=all'), await names('?owner=ben')]).toEqual([['a'], ['a', 'b'], ['b']]);
    expect((await get('/v1/portfolio', anna)).body.customers).toBe(1);
    expect((await get('/v1/portfolio')).body.customers).toBe(2);
  });

  it('answers 304 to a reader who has the newest answer', async () => {
    const first = await api.call(admin, 'GET', '/v1/portfolio');
    const etag = first.headers.get('etag')!;
    expect(etag).toMatch(/^"[\w-]+"$/);
    expect((await api.call(admin, 'GET', '/v1/portfolio', undefined, { 'if-none-match': etag })).status).toBe(304);
    expect((await api.call(admin, 'GET', '/v1/portfolio', undefined, { 'if-none-match': '"other"' })).status).toBe(200);
  });

  it('names the parameter that is wrong and what to do about a position it cannot serve', async () => {
    expect((await get('/v1/customers?limit=0&band=blue')).body.errors.map((error: { pointer: string }) => error.pointer).sort()).toEqual(['/band', '/limit']);
    expect((await get('/v1/customers/a/health?asOf=soon')).body).toMatchObject({ code: 'invalid-parameter', errors: [{ pointer: '/asOf' }] });
    expect((await get('/v1/customers?minPosition=9.1')).body).toMatchObject({ status: 410, code: 'foreign-epoch', current: expect.stringMatching(/^1\./) });
    const early = await get('/v1/portfolio?minPosition=1.999999');
    expect([early.status, early.body.code]).toEqual([410, 'foreign-epoch']);
  });

  it('says of a horizon that there is not what was meant, of a model that there is none, and of each event in a question where it is unknown', async () => {
    expect((await get('/v1/customers/a/churn-risk?horizon=renwal')).body).toMatchObject({ status: 400, code: 'invalid-parameter', errors: [{ pointer: '/horizon', detail: '`horizon` must be one of 30, 90, 180, renewal. Did you mean `renewal`?' }] });
    expect((await get('/v1/customers/a/churn-risk?model=cm-000000000000')).body).toMatchObject({ status: 404, code: 'model-unknown' });
    const ask = async (body: unknown) => (await json(await api.call(admin, 'POST', '/v1/customers/a/what-if', body))).body;
    expect(await ask({ without: [{ source: 'crm', id: 'a-1' }] })).toMatchObject({ customer: 'a', name: 'Northwind', before: { standing: 'prospect' }, after: { standing: 'prospect' } });
    expect(await ask({ without: [{ source: 'crm', id: 'a-1' }, { source: 'crm', id: 'b-1' }], moved: [{ event: { source: 'crm', id: 'x' }, to: '2026-01-01' }] })).toMatchObject({ status: 422, code: 'event-unknown', errors: [{ pointer: '/without/1' }, { pointer: '/moved/0/event' }] });
    expect(await ask({ without: [{ source: 'crm' }], moved: [{ event: { source: 'crm', id: 'a-1' }, to: 'soon' }] })).toMatchObject({ status: 422, code: 'invalid-body', errors: [{ pointer: '/without/0/id' }, { pointer: '/moved/0/to' }] });
    expect(await ask({ without: 'all' })).toMatchObject({ status: 422, errors: [{ pointer: '/without' }] });
  });

  it('gives the list for today, and takes what was done', async () => {
    expect((await get('/v1/today?limit=5')).body).toMatchObject({ items: expect.any(Array), order: expect.any(String) });
    expect(await json(await api.call(admin, 'POST', '/v1/today/a/done', { outcome: 'reached', note: 'All well' }))).toMatchObject({ status: 201, body: { customer: 'a' } });
    const today = (await get('/v1/today')).body.today.date as string;
    const later = (days: number) => new Date(Date.parse(today) + days * 86_400_000).toISOString().slice(0, 10);
    expect((await api.call(admin, 'POST', '/v1/today/a/snooze', { until: later(366) })).status).toBe(201);
    expect((await json(await api.call(admin, 'POST', '/v1/today/a/snooze', { until: later(367) }))).body.detail).toContain(`by 366 days at most, to ${later(366)}`);
    for (const until of ['2020-01-01', today, later(367), '2126-01-01']) {
      expect(await json(await api.call(admin, 'POST', '/v1/today/a/snooze', { until }))).toMatchObject({ status: 422, body: { code: 'invalid-body', errors: [{ pointer: '/until' }] } });
    }
    expect((await api.call(admin, 'POST', '/v1/today/nobody/done', { outcome: 'reached' })).status).toBe(404);
    const types = (await get('/v1/customers/a')).status;
    expect(types).toBe(200);
  });

  it('says that nobody has the owner asked for, instead of an empty list that looks like a quiet day', async () => {
    const note = async (query: string, key = admin) => (await get(`/v1/today${query}`, key)).body.note;
    expect(await note('?owner=nobody')).toBe('No customer has the owner "nobody". owner=all lists everybody\'s.');
    expect([await note(''), await note('?owner=anna')]).toEqual([null, null]);
    expect(await note('', await api.key('csm', 'acme', 'newcomer'))).toMatch(/owner "newcomer"/);
  });

  it('lists the read models and builds one anew', async () => {
    expect((await get('/v1/admin/projections')).body.projections.length).toBeGreaterThan(0);
    expect((await api.call(admin, 'POST', '/v1/admin/projections/timeline/rebuild')).status).toBe(202);
    expect((await api.call(admin, 'POST', '/v1/admin/projections/nothing/rebuild')).status).toBe(404);
    for (let wait = 0; wait < 200 && !(await get('/v1/admin/projections')).body.projections.some((each: { name: string; generation: number; live: boolean }) => each.name === 'timeline' && each.generation === 2 && each.live); wait++) {
      await new Promise((wake) => setTimeout(wake, 50));
    }
    const post = async (path: string) => json(await api.call(admin, 'POST', `/v1/admin/projections/${path}`));
    expect(await post('timeline/compare')).toMatchObject({ status: 200, body: { live: 2, other: 1, different: 0 } });
    expect(await post('timeline/switch?undo=true')).toMatchObject({ status: 200, body: { live: 1, kept: 2 } });
    expect(await post('timeline/drop')).toMatchObject({ status: 200, body: { dropped: [2] } });
    expect(await post('timeline/switch')).toMatchObject({ status: 400, body: { code: 'invalid-parameter' } });
  });

  it('shows who is held back to their own tenant only, and tries them again', async () => {
    const { connections } = api;
    await connections.worker.transaction((sql) => sql.query(
      `insert into parked (name, generation, tenant, customer, position, reason) select 'customers', live, tenant, 'held-one', 1, 'told by a test' from projection, unnest(array['acme', 'globex']) as tenant where name = 'customers'`));
    expect((await get('/v1/admin/projections/parked')).body.parked).toMatchObject([{ tenant: 'acme', customer: 'held-one', error: 'told by a test', projection: 'customers' }]);
    expect((await get('/v1/admin/projections/parked?customer=nobody')).body.parked).toEqual([]);
    expect(await json(await api.call(admin, 'POST', '/v1/admin/projections/retry'))).toMatchObject({ status: 200, body: { tried: 1, freed: 1, parked: [] } });
    expect(await json(await api.call(admin, 'POST', '/v1/admin/projections/replay/nobody-at-all'))).toMatchObject({ status: 404 });
    await connections.worker.transaction((sql) => sql.query(`update projection_generation set stopped_at = now(), stopped_cause = 'by a test', stopped_customers = 101 where name = 'timeline'`));
    expect((await json(await api.call(null, 'GET', '/health/ready'))).body).toMatchObject({ status: 'ready', degraded: ['timeline'] });
    expect(await json(await api.call(admin, 'POST', '/v1/admin/projections/timeline/resume'))).toMatchObject({ body: { resumed: true } });
    expect((await json(await api.call(null, 'GET', '/health/ready'))).body).toEqual({ status: 'ready' });
  });
});

describe('What everybody may read', () => {
  it('is the published language, the problems, the documentation and the state of the service', async () => {
    const read = async (path: string) => json(await api.call(null, 'GET', path));
    expect((await read('/v1/event-types')).body.eventTypes.length).toBeGreaterThan(50);
    expect((await read('/v1/event-types/survey.responded')).body).toMatchObject({ accepted: [1, 2], schema: { type: 'object' } });
    expect((await read('/problems/unauthorized')).body).toMatchObject({ status: 401, remedy: expect.any(String) });
    expect(await (await api.call(null, 'GET', '/problems', undefined, { accept: 'text/html' })).text()).toContain('<h2 id="forbidden">');
    expect((await read('/openapi.json')).body).toMatchObject({ openapi: '3.1.0' });
    expect((await read('/asyncapi.json')).body).toMatchObject({ asyncapi: '3.0.0', channels: { journey: { address: 'touchline.{tenant}.journey' } } });
    expect((await api.call(null, 'GET', '/docs/swagger-ui.css')).status).toBe(200);
    expect([(await read('/health/live')).status, (await read('/health/ready')).status]).toEqual([200, 200]);
    expect((await read('/nowhere')).body).toMatchObject({ code: 'not-found', status: 404 });
    expect((await read('/v1/%zz')).body).toMatchObject({ status: 400 });
  });

  it('carries the request id of a sender who sends a sane one', async () => {
    const id = async (sent: string) => (await api.call(null, 'GET', '/health/live', undefined, { 'x-request-id': sent })).headers.get('x-request-id');
    expect([await id('trace-12345'), (await id('<script>alert(1)</script>'))!.length]).toEqual(['trace-12345', 36]);
  });
});

import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { startApi, type TestApi } from '../testing/start-api.js';

let api: TestApi;
let key: string;
beforeAll(async () => {
  api = await startApi();
  key = await api.key('ingest');
}, 60_000);
afterAll(() => api.stop());

const event = (id: string, extra: object = {}) => ({ id, source: 'crm', type: 'customer.registered', customer: 'c-1', data: { name: 'Northwind' }, ...extra });
const json = async (response: Response) => ({ status: response.status, body: await response.json() as any });
const post = async (body: unknown, headers?: Record<string, string>) => json(await api.call(key, 'POST', '/v1/events', body, headers));

describe('POST /v1/events', () => {
  it('records one event, knows it again, and reports another body under the same id', async () => {
    const first = await post(event('one'));
    expect(first).toMatchObject({ status: 201, body: { results: [{ status: 'appended', customer: 'c-1' }], position: expect.stringMatching(/^1\.\d+$/) } });
    expect(await post(event('one'))).toMatchObject({ status: 200, body: { results: [{ status: 'duplicate', position: first.body.position }] } });
    expect(await post(event('one', { data: { name: 'Southwind' } }))).toMatchObject({ status: 409, body: { code: 'id-conflict', type: '/problems/id-conflict', position: first.body.position } });
  });

  it('waits, when asked to, until what was written can be read', async () => {
    const admin = await api.key('admin');
    for (const turn of [1, 2, 3, 4, 5]) {
      const response = await api.call(key, 'POST', '/v1/events', event(`seen-${turn}`, { customer: { system: 'crm', id: `W-${turn}` } }), { prefer: 'wait=5' });
      expect([response.status, response.headers.get('preference-applied')]).toEqual([201, 'wait']);
      expect((await api.call(admin, 'GET', `/v1/customers/crm:W-${turn}`)).status).toBe(200);
    }
    expect((await api.call(key, 'POST', '/v1/events', event('unseen'))).headers.get('preference-applied')).toBeNull();
  });

  it('refuses one wrong event with a problem that points at the field', async () => {
    const { status, body } = await post(event('two', { data: { nam: 'x' } }));
    expect({ status, code: body.code, title: typeof body.title }).toEqual({ status: 422, code: 'data-invalid', title: 'string' });
    expect(body.errors.map((error: { pointer: string }) => error.pointer)).toEqual(expect.arrayContaining(['/data/nam', '/data/name']));
  });

  it('gives each event of a list its own verdict and keeps the good ones', async () => {
    const { status, body } = await post([event('l-1'), { id: 'l-2' }, event('l-3', { customer: { system: 'erp', id: '9' } })]);
    expect(status).toBe(200);
    expect(body.results.map((verdict: { status: string }) => verdict.status)).toEqual(['appended', 'rejected', 'appended']);
    expect((await post([event('l-1')])).body.results[0].status).toBe('duplicate');
  });

  it('takes CloudEvents structured, as a batch and in binary mode as the same fact', async () => {
    const cloud = { specversion: '1.0', id: 'ce-1', source: 'crm', type: 'customer.registered', subject: 'crm:zürich', data: { name: 'Zürich' } };
    expect((await post(cloud, { 'content-type': 'application/cloudevents+json' })).status).toBe(201);
    const batch = await post([cloud, { ...cloud, id: 'ce-2' }], { 'content-type': 'application/cloudevents-batch+json' });
    expect(batch.body.results.map((verdict: { status: string }) => verdict.status)).toEqual(['duplicate', 'appended']);
    const binary = await post(cloud.data, { 'ce-specversion': '1.0', 'ce-id': 'ce-1', 'ce-source': 'crm', 'ce-type': cloud.type, 'ce-subject': 'crm:z%C3%BCrich' });
    expect(binary).toMatchObject({ status: 200, body: { results: [{ status: 'duplicate' }] } });
  });

  it('keeps what facts belong together with; the trace of a request stands in for that of its facts, and none of it makes another fact', async () => {
    const [of, other] = ['00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01', '00-0af7651916cd43dd8448eb211c80319c-00f067aa0ba902b7-00'];
    const said = { correlationId: 'order-1', causationId: 'shop/7', traceParent: other };
    const answer = await post([event('tr-1'), event('tr-2', said)], { traceparent: of });
    await post(event('tr-3'), { traceparent: 'nonsense' });
    await post({ name: 'X' }, { 'ce-specversion': '1.0', 'ce-id': 'tr-4', 'ce-source': 'crm', 'ce-type': 'customer.registered', 'ce-subject': 'c-1', 'ce-correlationid': 'order-2' });
    const facts = (await api.connections.store.readAll(null, 1_000)).events.filter(({ id }) => id.startsWith('tr-'));
    expect(facts.map(({ correlationId, causationId, traceParent }) => ({ correlationId, causationId, traceParent }))).toEqual([{ traceParent: of }, said, {}, { correlationId: 'order-2' }]);
    expect((await post([event('tr-1', said), event('tr-2')])).body.results.map(({ position }: { position: string }) => position)).toEqual(answer.body.results.map(({ position }: { position: string }) => position));
    const wrong = await post([event('tr-5', { correlationId: 'a b', traceParent: 'x' })]);
    expect(wrong.body.results[0].problem.errors.map(({ pointer }: { pointer: string }) => pointer)).toEqual(['/correlationId', '/traceParent']);
  });

  it('does not let a live event say when it was known', async () => {
    expect((await post(event('obs', { observedAt: '2024-01-01T00:00:00Z' }))).body.code).toBe('observed-at-refused');
  });

  it.each([
    ['broken JSON', '{"id":', {}, 400, 'invalid-json'],
    ['bytes that are not UTF-8', new Uint8Array([0x22, 0xff, 0x22]), {}, 400, 'invalid-json'],
    ['a form it does not know', 'x', { 'content-type': 'text/plain' }, 415, 'unsupported-media-type'],
    ['a packed body', '{}', { 'content-encoding': 'gzip' }, 415, 'unsupported-encoding'],
    ['an empty list', [], {}, 422, 'empty-batch'],
    ['too many events', Array.from({ length: 1001 }, () => ({})), {}, 413, 'batch-too-large'],
    ['a huge body', `"${'x'.repeat(8 * 1024 * 1024)}"`, {}, 413, 'body-too-large'],
    ['a text', '"hello"', {}, 422, 'not-an-object'],
    ['a wrong header', {}, { 'ce-specversion': '1.0', 'ce-id': '%zz' }, 400, 'bad-request'],
  ])('answers %s with a problem', async (_, body, headers, status, code) => {
    const response = await api.call(key, 'POST', '/v1/events', body, headers as Record<string, string>);
    expect(response.headers.get('content-type')).toBe('application/problem+json');
    expect(await json(response)).toMatchObject({ status, body: { code, status, type: `/problems/${code}`, requestId: response.headers.get('x-request-id') } });
  });
});

describe('POST /v1/events/import', () => {
  const ndjson = { 'content-type': 'application/x-ndjson' };
  const lines = (...items: unknown[]) => items.map((item) => `${typeof item === 'string' ? item : JSON.stringify(item)}\n`).join('');
  const read = async (response: Response) => (await response.text()).trim().split('\n').map((line) => JSON.parse(line));
  const send = (body: string | Uint8Array, query = '?import=imp-1', headers: Record<string, string> = {}) => api.call(key, 'POST', `/v1/events/import${query}`, body, { ...ndjson, ...headers });

  it('records lines, says what became of the others, and sums up; gzip changes nothing', async () => {
    const body = lines(event('i-1', { time: '2024-01-01T00:00:00Z', observedAt: '2024-01-02T00:00:00Z' }), '{oops', event('i-2', { customer: 'c-2' }));
    const response = await send(body);
    expect(response.headers.get('touchline-import')).toBe('imp-1');
    const said = await read(response);
    expect(said[0]).toMatchObject({ line: 2, status: 'rejected', problem: { code: 'invalid-json' } });
    expect(said.at(-1)).toMatchObject({ summary: { import: 'imp-1', lines: 3, appended: 2, rejected: 1, customers: 2, historic: 1 } });
    const again = await read(await send(gzipSync(body), '?import=imp-1', { 'content-encoding': 'gzip' }));
    expect(again.at(-1)).toMatchObject({ summary: { appended: 0, duplicate: 2, rejected: 1 } });
  });

  it('writes nothing in a dry run', async () => {
    const dry = await read(await send(lines(event('dry-1')), '?dryRun=true'));
    expect(dry.at(-1)).toMatchObject({ summary: { valid: 1, appended: 0 } });
    expect((await post(event('dry-1'))).status).toBe(201);
  });

  it('ends with a problem line when the packed body is broken', async () => {
    const said = await read(await send(gzipSync(lines(event('z-1'))).subarray(0, 30), '', { 'content-encoding': 'gzip' }));
    expect(said.at(-1)).toMatchObject({ problem: { code: 'bad-request' } });
  });

  it('names the parameter that is wrong', async () => {
    const { status, body } = await json(await send('', '?import=a%20b&drRun=true'));
    expect({ status, code: body.code, pointers: body.errors.map((error: { pointer: string }) => error.pointer).sort() })
      .toEqual({ status: 400, code: 'invalid-parameter', pointers: ['/drRun', '/import'] });
  });

  it('takes back an import, and says when there is none', async () => {
    await read(await send(lines(event('r-1', { customer: 'c-9' })), '?import=imp-r'));
    expect(await json(await api.call(key, 'POST', '/v1/imports/imp-r/retraction', { reason: 'wrong file' }))).toMatchObject({ status: 200, body: { events: 1, customers: 1 } });
    expect(await json(await api.call(key, 'POST', '/v1/imports/nope/retraction', { reason: 'wrong file' }))).toMatchObject({ status: 404, body: { code: 'import-unknown' } });
    expect(await json(await api.call(key, 'POST', '/v1/imports/imp-r/retraction', { why: 'x' }))).toMatchObject({ status: 422, body: { code: 'invalid-body' } });
  });
});

import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { startApi, type TestApi } from '../testing/start-api.js';

let api: TestApi;
let anna: string;
beforeAll(async () => {
  api = await startApi();
  anna = await api.key('csm', 'acme', 'anna');
  const events = ['north', 'twin'].map((customer) => ({ id: customer, source: 'crm', type: 'customer.registered', customer, data: { name: customer, owner: 'anna' } }));
  const merge = { id: 'm', source: 'crm', type: 'customer.merged', customer: 'twin', data: { into: 'north' } };
  const { position } = (await json(await api.call(await api.key('admin'), 'POST', '/v1/events', [...events, merge]))).body;
  expect((await json(await api.call(anna, 'GET', `/v1/customers?minPosition=${position}`))).body.customers).toHaveLength(1);
}, 60_000);
afterAll(() => api.stop());

const json = async (response: Response) => ({ status: response.status, body: await response.json() as any });
const post = async (path: string, body: unknown, key = anna) => json(await api.call(key, 'POST', path, body));
const health = async (query = '') => (await json(await api.call(anna, 'GET', `/v1/customers/north/health${query}`))).body;
const inDays = (days: number) => new Date(Date.now() + days * 86_400_000).toISOString().slice(0, 10);
const wanted = { score: 30.5, reason: 'Their new management wants one supplier', until: inDays(7) };

describe('A score set by hand', () => {
  it('counts at once, with who set it and why, in the health, in lists and in sums, until it is cleared', async () => {
    const { status, body } = await post('/v1/customers/north/override', wanted);
    expect([status, body.customer]).toEqual([201, 'north']);
    expect(await health(`?minPosition=${body.position}`)).toMatchObject({
      score: 30.5, band: 'at-risk', computed: { score: null, band: 'unknown' }, shown: { score: 30.5, max: 100 },
      override: { score: 30.5, band: 'at-risk', until: inDays(7), by: { kind: 'person', id: 'anna' }, reason: wanted.reason, event: { source: 'overrides', type: 'customer.override-set' } },
    });
    const { customers } = (await json(await api.call(anna, 'GET', '/v1/customers?band=at-risk'))).body;
    expect(customers).toMatchObject([{ id: 'north', score: 30.5, computed: { score: null, band: 'unknown' }, override: { score: 30.5, until: inDays(7) } }]);
    expect((await json(await api.call(anna, 'GET', '/v1/portfolio'))).body).toMatchObject({ overridden: 1, bands: [{ band: 'at-risk', customers: 1 }] });
    const cleared = await post('/v1/customers/north/override/clear', { reason: 'They chose us' });
    expect(cleared.status).toBe(201);
    expect(await health(`?minPosition=${cleared.body.position}`)).toMatchObject({ score: null, band: 'unknown', override: null });
    expect((await json(await api.call(anna, 'GET', '/v1/portfolio'))).body).toMatchObject({ overridden: 0, bands: [{ band: 'unknown' }] });
    const again = await post('/v1/customers/north/override/clear', { reason: 'They chose us' });
    expect(again).toMatchObject({ status: 409, body: { code: 'no-override', detail: 'No score of north is set by hand. Nothing is to be done: the computed score counts.' } });
    expect((await json(await api.call(anna, 'GET', '/v1/customers/north/timeline?family=customer'))).body.touches.filter(({ type }: { type: string }) => type === 'customer.override-cleared')).toHaveLength(1);
  });

  it('is cleared at once after it was set, whatever the read model has seen', async () => {
    await post('/v1/customers/north/override', wanted);
    expect((await post('/v1/customers/north/override/clear', { reason: 'A slip' })).status).toBe(201);
    expect((await post('/v1/customers/north/override/clear', { reason: 'A slip' })).body.code).toBe('no-override');
  });

  it('is no fact where it would end before it was set', async () => {
    const event = { id: 'over', source: 'crm', type: 'customer.override-set', customer: 'north', time: `${inDays(-3)}T12:00:00Z`, data: { score: 30, reason: 'x', until: inDays(-8) } };
    const { body } = await post('/v1/events', [event], await api.key('admin'));
    expect(body.results[0]).toMatchObject({ status: 'rejected', problem: { code: 'data-invalid', pointer: '/data/until' } });
  });

  it('is set for who stands for a customer that is merged into them', async () => {
    const { body } = await post('/v1/customers/twin/override', wanted);
    expect(body.customer).toBe('north');
    expect(await health(`?minPosition=${body.position}`)).toMatchObject({ override: { score: 30.5 } });
  });

  it.each([
    ['a day that is over', { ...wanted, until: inDays(-1) }, '/until', /^The last day must not lie before today/],
    ['a day too far away', { ...wanted, until: inDays(367) }, '/until', /^A score is set for 366 days at most/],
    ['no day', { score: 1, reason: 'x' }, '/until', /`until` must be a date/],
    ['a score beyond the scale', { ...wanted, score: 100.5 }, '/score', /`score` must be a number from 0 to 100/],
    ['a score in words', { ...wanted, score: '30' }, '/score', /`score` must be a number from 0 to 100/],
    ['no reason', { ...wanted, reason: '' }, '/reason', /`reason` must be a text/],
    ['an address of a person', { ...wanted, reason: 'Ask ida@tern.example' }, '/reason', /without "@"/],
  ])('is refused with %s', async (_, body, pointer, detail) => {
    const refused = await post('/v1/customers/north/override', body);
    expect({ status: refused.status, code: refused.body.code, pointer: refused.body.errors?.[0].pointer }).toEqual({ status: 422, code: 'invalid-body', pointer });
    expect(refused.body.errors[0].detail + refused.body.detail).toMatch(new RegExp(detail.source.replace('^', '')));
  });

  it('is refused from who may not send such a fact, and for nobody', async () => {
    for (const role of ['analyst', 'executive'] as const) expect((await post('/v1/customers/north/override', wanted, await api.key(role))).body.code).toBe('forbidden');
    expect((await post('/v1/customers/nobody/override', wanted)).body.code).toBe('customer-unknown');
    expect((await post('/v1/customers/nobody/override/clear', { reason: 'x' })).body.code).toBe('customer-unknown');
    const last = await post('/v1/customers/north/override', { ...wanted, until: inDays(366) });
    expect(last.status).toBe(201);
  });
});

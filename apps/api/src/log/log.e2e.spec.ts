import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { startApi, type TestApi } from '../testing/start-api.js';

let api: TestApi;
let operator: string;
const json = async (response: Response) => ({ status: response.status, body: await response.json() as any });

beforeAll(async () => {
  api = await startApi();
  operator = await api.key('operator');
}, 60_000);
afterAll(() => api.stop());

describe('Administration of the log', () => {
  it('is told by the doctor how everything is', async () => {
    const { status, body } = await json(await api.call(operator, 'GET', '/v1/admin/doctor'));
    expect({ status, checks: body.findings.map(({ check }: { check: string }) => check) }).toMatchObject({ status: 200, checks: expect.arrayContaining(['floor', 'log', 'tenants']) });
    expect((await api.call(await api.key('csm'), 'GET', '/v1/admin/doctor')).status).toBe(403);
  });

  it('begins a new epoch, after which older positions are refused with the point that both share', async () => {
    const event = { id: 'e1', source: 'test', type: 'customer.registered', customer: 'c1', data: { name: 'Nord' } };
    const { position } = (await json(await api.call(operator, 'POST', '/v1/events', [event]))).body.results[0];
    expect((await json(await api.call(operator, 'POST', '/v1/admin/epoch', {}))).body).toMatchObject({ code: 'invalid-body', errors: [{ pointer: '/reason' }] });
    const begun = (await json(await api.call(operator, 'POST', '/v1/admin/epoch', { reason: 'copy of Monday put back' }))).body.position as string;
    expect(begun.split('.')[0]).not.toBe(position.split('.')[0]);
    const refused = await json(await api.call(operator, 'GET', `/v1/customers?minPosition=${position}`));
    expect(refused).toMatchObject({ status: 410, body: { code: 'foreign-epoch', current: begun, common: `${begun.split('.')[0]}.${position.split('.')[1]}` } });
  });
});

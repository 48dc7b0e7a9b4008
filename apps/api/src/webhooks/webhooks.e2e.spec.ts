import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Ajv2020 } from 'ajv/dist/2020.js';
import formats from 'ajv-formats';
import { Webhook } from 'standardwebhooks';
import { Receiver, says } from '../../../../libs/outbound/src/testing/receiver.js';
import { startWorker, type Worker } from '../../../worker/src/worker.js';
import { startApi, type TestApi } from '../testing/start-api.js';

let api: TestApi;
let admin: string;
let worker: Worker;
const receiver = new Receiver();
beforeAll(async () => {
  api = await startApi();
  admin = await api.key('admin', 'acme', 'ann');
  await receiver.start();
  worker = await startWorker({ databaseUrl: api.database.url, masterKey: api.masterKey, roles: ['webhooks'], privateWebhooks: true, warn: () => undefined });
}, 60_000);
afterAll(async () => {
  await worker.stop();
  await receiver.close();
  await api.stop();
});

const ask = async (method: string, path: string, body?: unknown, key = admin) => {
  const response = await api.call(key, method, `/v1/webhooks${path}`, body);
  const text = await response.text();
  return { status: response.status, body: text === '' ? null : JSON.parse(text) as any };
};
let told = 0;
const tell = async (type = 'ticket.opened') => {
  const id = `e${told++}`;
  await api.call(admin, 'POST', '/v1/events', { id, source: 'crm', type, customer: 'north', data: { ticket: `T-${id}`, ...(type === 'ticket.opened' && { priority: 'high', subject: 'Nothing prints' }) } });
  return id;
};
const until = async (condition: () => boolean | Promise<boolean>) => {
  for (const began = performance.now(); !await condition(); await new Promise((wake) => setTimeout(wake, 20))) if (performance.now() - began > 20_000) throw new Error(`It did not happen: ${JSON.stringify(receiver.got)}`);
};

describe('A webhook', () => {
  it('is made, gets what happens from then on, signed as it was told, and says how that went', async () => {
    await tell();
    const { status, body: made } = await ask('POST', '', { url: receiver.url('a'), description: 'Tickets', filter: { types: ['ticket.*'] } });
    expect({ status, made }).toMatchObject({ status: 201, made: { id: expect.stringMatching(/^wh_/), secret: expect.stringMatching(/^whsec_/), former: null, ordered: true, signature: 'v1', unseal: false, enabled: true, filter: { types: ['ticket.*'] }, createdBy: 'ann', waiting: 0, failing: null } });
    const ids = [await tell(), await tell('ticket.resolved')];
    await until(() => receiver.ids('a').length === 2);
    expect(receiver.ids('a')).toEqual(ids);
    const { text, headers } = receiver.got[0]!;
    expect(new Webhook(made.secret).verify(text, headers as Record<string, string>)).toMatchObject({ type: 'ticket.opened', data: { ticket: 'T-e1' } });
    await until(async () => (await ask('GET', `/${made.id}`)).body.waiting === 0);
    const { body: { deliveries, next } } = await ask('GET', `/${made.id}/deliveries?limit=1`);
    expect([deliveries, next]).toEqual([[expect.objectContaining({ state: 'delivered', event: ids[1], type: 'ticket.resolved', code: 204, attempts: 1, customer: 'north', nextAt: null })], expect.any(String)]);
    expect((await ask('GET', `/${made.id}/deliveries?cursor=${next}`)).body.deliveries.map((each: any) => each.event)).toEqual([ids[0]]);
    expect((await ask('GET', '')).body.webhooks.map((each: any) => each.id)).toEqual([made.id]);
    const { body: again } = await ask('POST', `/${made.id}/deliveries/${deliveries[0].id}/redelivery`);
    await until(() => receiver.ids('a').length === 3);
    expect([again, receiver.got[2]!.id]).toEqual([{ redelivered: 1 }, receiver.got[1]!.id]);
    expect((await ask('POST', `/${made.id}/redelivery`, { failedSince: '2026-01-01T00:00:00Z' }))).toEqual({ status: 202, body: { redelivered: 0 } });
  }, 40_000);

  it('is tested while it is disabled, changed, given another secret, enabled where it was left, and deleted', async () => {
    const { body: { id, secret } } = await ask('POST', '', { url: receiver.url('b'), enabled: false, start: 'beginning' });
    receiver.does.set('b', says(500, {}, 'Not yet'));
    const { status, body: { delivery } } = await ask('POST', `/${id}/test`);
    await until(async () => (await ask('GET', `/${id}/deliveries?state=failed`)).body.deliveries[0]?.answer === 'Not yet');
    expect([status, receiver.ids('b')]).toEqual([202, [delivery]]);
    receiver.does.delete('b');
    expect((await ask('PUT', `/${id}`, { url: receiver.url('b'), filter: { types: ['ticket.resolved'] }, signature: 'v1a', ordered: false })).body).toMatchObject({ signature: 'v1a', ordered: false, enabled: false, description: null });
    const { body: rotated } = await ask('POST', `/${id}/rotation`, { graceHours: 1 });
    expect([rotated.secret.slice(0, 5), rotated.former.slice(0, 5), rotated.secret === rotated.former, secret.slice(0, 6)]).toEqual(['whpk_', 'whpk_', false, 'whsec_']);
    expect(Date.parse(rotated.formerUntil) - Date.now()).toBeGreaterThan(3_500_000);
    expect((await ask('GET', `/${id}/secret`)).body).toEqual(rotated);
    expect((await ask('POST', `/${id}/enable`)).body.enabled).toBe(true);
    await until(() => receiver.ids('b').length === 2);
    expect(receiver.got.at(-1)!.headers['webhook-signature']).toMatch(/^v1a,\S+ v1a,\S+$/);
    expect((await ask('POST', `/${id}/disable`)).body.enabled).toBe(false);
    expect([(await ask('DELETE', `/${id}`)).status, (await ask('GET', `/${id}`)).body.code, (await ask('DELETE', `/${id}`)).status]).toEqual([204, 'webhook-unknown', 404]);
  }, 40_000);

  it('gets facts and tests as the AsyncAPI document says, with their headers', () => {
    const { components } = JSON.parse(readFileSync('apps/api/asyncapi.json', 'utf8')) as { components: object };
    const ajv = new Ajv2020({ strict: false, allErrors: true, schemas: [{ $id: 'doc', components }] });
    formats.default(ajv as never);
    const [headers, fact, test] = ['messageTraits/webhook/headers', 'schemas/Event', 'schemas/Test'].map((name) => ajv.compile({ $ref: `doc#/components/${name}` })) as [ReturnType<typeof ajv.compile>, ReturnType<typeof ajv.compile>, ReturnType<typeof ajv.compile>];
    const kinds = receiver.got.map((got) => {
      expect([headers(got.headers), headers.errors]).toEqual([true, null]);
      return [fact(got.body), test(got.body)].join();
    });
    expect([...new Set(kinds)].sort()).toEqual(['false,true', 'true,false']);
    expect(headers({ ...receiver.got[0]!.headers, 'webhook-timestamp': undefined })).toBe(false);
  });

  it('is refused where something is wrong with it, which is pointed at', async () => {
    const flaws = async (body: unknown) => {
      const answer = await ask('POST', '', body);
      expect([answer.status, answer.body.code]).toEqual([422, 'invalid-body']);
      return answer.body.errors.map(({ pointer }: { pointer: string }) => pointer);
    };
    const url = 'https://hooks.us.example/';
    expect(await flaws({ url: 'ftp://x.example', start: 'soon', ordered: 'yes', signature: 'v2', colour: 1 })).toEqual(expect.arrayContaining(['/url', '/start', '/ordered', '/signature', '/colour']));
    expect(await flaws({ url: 'https://user:secret@x.example/' })).toEqual(['/url']);
    expect(await flaws({ url: 'http://[/', filter: { types: ['ticket.opend', 'ticket.*'], categories: ['x'] } })).toEqual(['/url', '/filter/types/0', '/filter/categories/0']);
    expect(await flaws({ url: 'http://hooks.us.example/', unseal: true })).toEqual(['/unseal']);
    expect(await flaws({ url, filter: { kinds: [] } })).toEqual(['/filter/kinds']);
    expect(await flaws({ url, filter: [] })).toEqual(['/filter']);
    expect(await flaws({ url, start: '2026-13-45T00:00:00Z' })).toEqual(['/start']);
    expect((await ask('POST', '', { url, start: '7.5' })).body.code).toBe('foreign-epoch');
    expect((await ask('POST', '', { url, start: '2020-01-01T00:00:00+02:00', enabled: false })).status).toBe(201);
    expect((await ask('POST', '/wh_0123456789abcdef/redelivery', { failedSince: 'yesterday' })).body.errors[0].pointer).toBe('/failedSince');
  });

  it('takes customers as the feed does, by our id or that of another system, and refuses whom nobody knows', async () => {
    const customer = { system: 'crm', id: 'W-1' };
    const { results: [{ customer: ours }] } = await (await api.call(admin, 'POST', '/v1/events', [{ id: 'w1', source: 'crm', type: 'ticket.opened', customer, data: { ticket: 'W', priority: 'high' } }])).json() as any;
    const { body: { id, filter } } = await ask('POST', '', { url: receiver.url('d'), filter: { customers: ['crm:W-1', ours] }, enabled: false });
    expect(filter).toEqual({ customers: [ours, ours] });
    const unknown = { status: 404, body: { code: 'customer-unknown', errors: [{ pointer: '/filter/customers/1', detail: 'No customer is known as `foo`.' }] } };
    expect(await ask('POST', '', { url: receiver.url('d'), filter: { customers: [ours, 'foo'] } })).toMatchObject(unknown);
    expect(await ask('PUT', `/${id}`, { url: receiver.url('d'), filter: { customers: [ours, 'foo'] } })).toMatchObject(unknown);
  });

  it('is an administrator\'s of its own tenant only, and shows nobody else that it exists', async () => {
    const { body: { id } } = await ask('POST', '', { url: receiver.url('c') });
    const [other, csm] = [await api.key('admin', 'globex'), await api.key('csm')];
    for (const [method, path] of [['GET', ''], ['PUT', ''], ['DELETE', ''], ['POST', '/enable'], ['POST', '/disable'], ['GET', '/secret'], ['POST', '/rotation'], ['POST', '/test'], ['GET', '/deliveries'], ['POST', '/deliveries/msg_1/redelivery']] as const) {
      const body = method === 'PUT' ? { url: receiver.url('c') } : undefined;
      expect([method, path, (await ask(method, `/${id}${path}`, body, other)).body.code, (await ask(method, `/${id}${path}`, body, csm)).status]).toEqual([method, path, 'webhook-unknown', 403]);
    }
    expect((await ask('GET', '', undefined, other)).body).toEqual({ webhooks: [] });
    expect((await ask('GET', `/${id}`)).status).toBe(200);
    expect((await ask('POST', `/${id}/deliveries/msg_1/redelivery`)).body.code).toBe('delivery-unknown');
  });

  it('that fails stands in what the doctor says, without its address, which may hold a secret', async () => {
    receiver.does.set('ill?token=hush', says(503));
    const { body: { id } } = await ask('POST', '', { url: `${receiver.url('ill')}?token=hush` });
    await tell();
    await until(async () => (await ask('GET', `/${id}`)).body.failing !== null);
    const { findings } = await (await api.call(await api.key('operator'), 'GET', '/v1/admin/doctor')).json() as { findings: { check: string; status: string; says: string }[] };
    const finding = findings.find(({ check }) => check === `webhook ${id}`)!;
    expect(finding).toMatchObject({ status: 'warns', says: expect.stringMatching(/tenant acme at 127\.0\.0\.1:\d+ has failed once.*503/) });
    expect(JSON.stringify(findings)).not.toContain('hush');
  }, 40_000);
});

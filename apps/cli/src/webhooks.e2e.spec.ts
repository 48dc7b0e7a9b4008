import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { FakeDoor, touchline } from './testing.js';

const door = new FakeDoor();
let url: string;
beforeAll(async () => { url = await door.open(); });
afterAll(() => door.close());
const call = (...args: string[]) => touchline(['webhooks', ...args], { url });
const webhook = { id: 'wh_1', url: 'https://hooks.us.example/', description: 'Tickets', filter: { types: ['ticket.*'], segments: ['small'] }, ordered: true, signature: 'v1', unseal: false, enabled: true, disabledBecause: null, waiting: 2, failed: 0, failing: null };
const sent = { id: 'msg_1', type: 'ticket.opened', event: 'e1', state: 'waiting', attempts: 2, nextAt: '2026-11-26T12:00:00.000Z', attemptedAt: '2026-11-26T11:00:00.000Z', code: 500, answer: 'No', failure: 'the receiver answered 500' };

describe('Commands about webhooks', () => {
  it('list them as they do', async () => {
    door.answers.set('GET /v1/webhooks', { body: { webhooks: [webhook, { ...webhook, id: 'wh_2', description: null, failing: { since: '2026-11-26T10:00:00.000Z', why: 'no answer in time' } }, { ...webhook, id: 'wh_3', enabled: false, disabledBecause: 'gone' }] } });
    const lines = (await call('list')).out.split('\n').map((line) => line.replaceAll(/ {2,}/g, '|'));
    expect(lines.slice(2)).toEqual(['wh_1|well|2|0|https://hooks.us.example/|Tickets', 'wh_2|failing since 2026-11-26T10:00: no answer in time|2|0|https://hooks.us.example/', 'wh_3|disabled: gone|2|0|https://hooks.us.example/|Tickets']);
    door.answers.set('GET /v1/webhooks', { body: { webhooks: [] } });
    expect((await call('list')).out).toContain('Nobody is told');
  });

  it('make one and change only what is said', async () => {
    door.answers.set('POST /v1/webhooks', { status: 201, body: { ...webhook, secret: 'whsec_x' } });
    expect((await call('add', webhook.url, '--types', 'ticket.*, insight.*', '--start', 'beginning', '--no-ordered', '--unseal')).out.split('\n')).toEqual(['wh_1 is told from now on. Signatures are checked with:', 'whsec_x', 'Try it: touchline webhooks test wh_1']);
    expect(door.asked.at(-1)!.body).toEqual({ url: webhook.url, filter: { types: ['ticket.*', 'insight.*'] }, start: 'beginning', ordered: false, unseal: true });
    door.answers.set('POST /v1/webhooks', { status: 201, body: { ...webhook, enabled: false, secret: 'whsec_x' } });
    expect((await call('add', webhook.url, '--disabled')).out.split('\n')[0]).toBe('wh_1 is told of nothing until you say: touchline webhooks enable wh_1. Signatures are checked with:');
    door.answers.set('GET /v1/webhooks/wh_1', { body: webhook });
    door.answers.set('PUT /v1/webhooks/wh_1', { body: webhook });
    const kept = { url: webhook.url, description: 'Tickets', ordered: true, signature: 'v1', unseal: false };
    await call('change', 'wh_1', '--types', 'invoice.paid');
    expect(door.asked.at(-1)!.body).toEqual({ ...kept, filter: { types: ['invoice.paid'], segments: ['small'] } });
    await call('change', 'wh_1', '--no-filter', '--no-ordered', '--to', 'https://other.example/');
    expect(door.asked.at(-1)!.body).toEqual({ ...kept, url: 'https://other.example/', ordered: false, filter: {} });
  });

  it('enable, disable, delete, and give another secret', async () => {
    for (const name of ['enable', 'disable']) door.answers.set(`POST /v1/webhooks/wh_1/${name}`, { body: webhook });
    door.answers.set('DELETE /v1/webhooks/wh_1', { status: 204, body: undefined });
    door.answers.set('GET /v1/webhooks/wh_1/secret', { body: { secret: 'whsec_x', former: null, formerUntil: null } });
    door.answers.set('POST /v1/webhooks/wh_1/rotation', { status: 201, body: { secret: 'whsec_y', former: 'whsec_x', formerUntil: '2026-11-27T10:00:00.000Z' } });
    for (const name of ['enable', 'disable', 'delete']) expect(await call(name, 'wh_1')).toMatchObject({ code: 0, out: expect.stringMatching(/^wh_1 is /) });
    expect((await call('secret', 'wh_1')).out).toBe('whsec_x');
    expect((await call('rotate', 'wh_1', '--hours', '2')).out).toBe('whsec_y\nThe former one is good until 2026-11-27T10:00:00.000Z.');
    expect(door.asked.at(-1)!.body).toEqual({ graceHours: 2 });
  });

  it('test one, say what it was sent, and send again', async () => {
    door.answers.set('POST /v1/webhooks/wh_1/test', { status: 202, body: { delivery: 'msg_test' } });
    const deliveries = (state: string, code: number | null) => door.answers.set('GET /v1/webhooks/wh_1/deliveries', { body: { deliveries: [{ ...sent, id: 'msg_test', state, code, answer: 'Hm', failure: code === 204 ? null : 'no answer in time' }, sent], next: '7' } });
    deliveries('delivered', 204);
    expect(await call('test', 'wh_1')).toMatchObject({ code: 0, out: 'It was taken: 204 Hm' });
    deliveries('failed', null);
    expect(await call('test', 'wh_1')).toMatchObject({ code: 2, out: 'It was not taken, no answer in time: no answer Hm' });
    const lines = (await call('deliveries', 'wh_1', '--state', 'waiting')).out.split('\n').map((line) => line.trim().replaceAll(/ {2,}/g, '|'));
    expect(lines.slice(3)).toEqual(['2026-11-26T11:00:00|waiting|2|ticket.opened|e1|msg_1|500 No (again at 2026-11-26T12:00)', 'More: --cursor 7']);
    expect(door.asked.at(-1)!.query).toEqual({ state: 'waiting' });
    door.answers.set('POST /v1/webhooks/wh_1/deliveries/msg_1/redelivery', { status: 202, body: { redelivered: 1 } });
    door.answers.set('POST /v1/webhooks/wh_1/redelivery', { status: 202, body: { redelivered: 12 } });
    expect((await call('redeliver', 'wh_1', 'msg_1')).out).toBe('1 on the way again.');
    expect((await call('redeliver', 'wh_1', '--failed-since', '2026-11-26T00:00:00Z')).out).toBe('12 on the way again.');
    expect(door.asked.at(-1)!.body).toEqual({ failedSince: '2026-11-26T00:00:00Z' });
    expect(await call('redeliver', 'wh_1')).toMatchObject({ code: 1, err: expect.stringContaining('say which') });
  });
});

import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { Webhook } from 'standardwebhooks';
import { seal } from '#event-store';
import { hangs, says, upgrades } from '../testing/receiver.js';
import { TENANT, WebhookHouse } from '../testing/webhook-house.js';
import { webhookPoster } from '../webhook/post-webhook.js';
import { verifyingTexts } from './endpoint.js';
import { enableEndpoint } from './endpoints.js';
import { examineWebhooks } from './examine-webhooks.js';

const [MINUTE, HOUR, DAY] = [60_000, 3_600_000, 86_400_000];
let house: WebhookHouse;
beforeEach(async () => {
  house = new WebhookHouse();
  await house.open();
});
afterEach(() => house.close());
const inOneGo = <T>(work: Parameters<typeof house.worker.transaction<T>>[0]) => house.worker.transaction(work);
const secrets = async (id: string) => verifyingTexts(house.keys, (await house.find(id))!, house.now());

describe('An endpoint', () => {
  it('gets the facts that pass its filter as signed CloudEvents, each with an id of its own that is the same for ever', async () => {
    await house.tell(2);
    const id = await house.endpoint('tickets', { filter: { types: ['ticket.*'], customers: ['c0'] } });
    const other = await house.endpoint('all');
    const quiet = await house.endpoint('later', { start: (await house.store.head()) });
    await house.tell(2, { type: 'invoice.paid' });
    const more = await house.tell(2, { customers: 2 });
    await house.start();
    await house.gets('tickets', ['f0', 'f1', more[0]!]);
    await house.until(() => house.receiver.ids('later').length === 4 && house.receiver.ids('all').length === 6);
    expect(house.receiver.ids('later').sort()).toEqual(['f2', 'f3', 'f4', 'f5']);
    const [first] = house.receiver.got.filter(({ name }) => name === 'tickets');
    expect(first!.body).toMatchObject({ specversion: '1.0', id: 'f0', source: 'crm', type: 'ticket.opened', subject: 'c0', sequence: '0000000000', partitionkey: 'c0', data: {} });
    expect(first!.headers).toMatchObject({ 'content-type': 'application/cloudevents+json; charset=utf-8', 'webhook-id': expect.stringMatching(/^msg_[\w-]{32}$/) });
    const [secret] = await secrets(id);
    expect(new Webhook(secret!).verify(first!.text, first!.headers as Record<string, string>)).toEqual(first!.body);
    expect(() => new Webhook('whsec_AAAA').verify(first!.text, first!.headers as Record<string, string>)).toThrow();
    expect(new Set(house.receiver.got.map((each) => each.id)).size).toBe(13);
    await house.until(async () => (await house.find(other))!.waiting === 0);
    expect((await house.log(id)).map(({ state, attempts, code, event }) => [state, attempts, code, event])).toEqual([['delivered', 1, 204, 'f4'], ['delivered', 1, 204, 'f1'], ['delivered', 1, 204, 'f0']]);
    expect(await house.find(quiet)).toMatchObject({ failures: 0, failed: 0, waiting: 0, deliveredAt: expect.any(Date) });
    expect((await examineWebhooks(house.worker)).map(({ check, status }) => [check, status])).toEqual([['webhooks', 'fine']]);
  });

  it('that keeps order gets a fact of a customer when it has taken the one before; other customers go on. One that does not gets all at once', async () => {
    let broken = true;
    house.receiver.does.set('ordered', (response, { body }) => says(broken && body.id === 'f0' ? 500 : 204)(response, undefined as never));
    house.receiver.does.set('loose', house.receiver.does.get('ordered')!);
    await house.endpoint('ordered');
    await house.endpoint('loose', { ordered: false });
    await house.tell(6, { customers: 2 });
    await house.start();
    await house.gets('ordered', ['f0', 'f1', 'f3', 'f5']);
    await house.until(() => house.receiver.ids('loose').length === 6);
    broken = false;
    house.pass(6_000);
    await house.gets('ordered', ['f0', 'f1', 'f3', 'f5', 'f0', 'f2', 'f4']);
    await house.until(() => house.receiver.ids('loose').length === 7);
    const [once, again] = house.receiver.got.filter(({ name, body }) => name === 'ordered' && body.id === 'f0');
    expect([again!.id, once!.headers['webhook-signature'] === again!.headers['webhook-signature']]).toEqual([once!.id, false]);
  });

  it('is tried again less and less often, for three days; then the fact is given up, which the log and the doctor say, and the next one goes', async () => {
    house.receiver.does.set('ill', says(503, {}, 'Not now'));
    const id = await house.endpoint('ill');
    await house.tell(2);
    await house.start();
    const first = async () => (await house.log(id)).at(-1);
    for (const [n, ms] of [0, 6_000, 6 * MINUTE, 40 * MINUTE, 2.3 * HOUR, 6 * HOUR, 12 * HOUR, 16 * HOUR, 23 * HOUR].entries()) {
      house.pass(ms);
      await house.until(async () => { const { attempts, nextAt } = (await first()) ?? {}; return attempts === n + 1 && nextAt! > house.now(); }, first);
    }
    const before = await house.log(id);
    expect(before.map(({ state, failure, code, answer, nextAt }) => [state, failure, code, answer, nextAt === null])).toEqual([['waiting', null, null, null, true], ['waiting', 'the receiver answered 503', 503, 'Not now', false]]);
    const longest = before[1]!.nextAt!.getTime() - before[1]!.since.getTime();
    expect([longest >= 3 * DAY, longest < 3 * DAY + MINUTE]).toEqual([true, true]);
    expect((await examineWebhooks(house.worker))[0]).toMatchObject({ check: `webhook ${id}`, status: 'warns', says: expect.stringContaining('503') as unknown });
    house.receiver.does.set('ill', (response, { body }) => says(body.id === 'f0' ? 503 : 204)(response, undefined as never));
    house.pass(24 * HOUR);
    await house.until(async () => (await house.find(id))!.failed === 1);
    // The tenth failure in a row: it rests for a minute.
    house.pass(2 * MINUTE);
    await house.until(async () => (await house.find(id))!.waiting === 0);
    expect((await house.log(id)).map(({ state, event }) => [state, event])).toEqual([['delivered', 'f1'], ['failed', 'f0']]);
    expect((await examineWebhooks(house.worker))[0]).toMatchObject({ status: 'warns', says: expect.stringContaining('given up') as unknown });
  }, 60_000);

  it('gives each fact three days of its own, also one that waited behind another which was given up', async () => {
    let busy = true;
    house.receiver.does.set('picky', (response, { body }) => says(body.id === 'f0' ? 400 : body.id === 'f2' && busy ? 503 : 204)(response, undefined as never));
    const id = await house.endpoint('picky');
    const of = async (event: string) => (await house.log(id)).find((each) => each.event === event);
    await house.tell(4, { customers: 2 });
    await house.start();
    await house.until(async () => (await of('f0'))?.code === 400 && (await of('f3'))?.state === 'delivered');
    house.pass(3 * DAY + MINUTE);
    await house.until(async () => (await of('f0'))!.state === 'failed' && (await of('f2'))!.code === 503);
    expect(await of('f2')).toMatchObject({ state: 'waiting', attempts: 1 });
    busy = false;
    house.pass(6_000);
    await house.until(async () => (await of('f2'))!.state === 'delivered');
  });

  it('that is gone, 410, is disabled: nothing is lost, and it goes on where it was once it is enabled', async () => {
    house.receiver.does.set('gone', says(410));
    const id = await house.endpoint('gone');
    await house.tell(2);
    await house.start();
    await house.until(async () => !(await house.find(id))!.enabled);
    expect((await house.find(id))!.disabledBecause).toContain('410');
    expect((await examineWebhooks(house.worker))[0]).toMatchObject({ status: 'warns', says: expect.stringContaining('was disabled') as unknown });
    await house.tell(2);
    house.pass(DAY);
    await new Promise((wake) => setTimeout(wake, 500));
    expect(house.receiver.ids('gone')).toEqual(['f0']);
    house.receiver.does.delete('gone');
    await inOneGo((sql) => enableEndpoint(sql, TENANT, id));
    house.store.announce();
    await house.gets('gone', ['f0', 'f0', 'f1', 'f2', 'f3']);
  });

  it('is left alone for as long as it asks for, and is then sent one for a trial first', async () => {
    let busy = true;
    house.receiver.does.set('busy', (response) => (busy ? says(429, { 'retry-after': '7200' }) : says(204))(response, undefined as never));
    const id = await house.endpoint('busy', { ordered: false });
    const failed = (times: number) => house.until(async () => (await house.find(id))!.failures === times);
    await house.tell(5);
    await house.start();
    await failed(1);
    const asked = house.receiver.got.length;
    house.pass(HOUR);
    await new Promise((wake) => setTimeout(wake, 500));
    expect([asked, house.receiver.got.length]).toEqual([1, 1]);
    house.pass(1.1 * HOUR);
    await failed(2);
    expect(house.receiver.got.length).toBe(2);
    busy = false;
    house.pass(2.1 * HOUR);
    await house.until(() => new Set(house.receiver.got.slice(2).map(({ body }) => body.id)).size === 5);
  });

  it('is not followed where it sends us on to, and is not waited for where it hangs', async () => {
    house.receiver.does.set('moved', says(307, { location: house.receiver.url('elsewhere') }));
    house.receiver.does.set('hanging', hangs);
    const [moved, hanging] = [await house.endpoint('moved'), await house.endpoint('hanging')];
    await house.tell(1);
    await house.start();
    await house.until(async () => (await house.find(hanging))!.failures === 1 && (await house.find(moved))!.failures === 1);
    expect([(await house.log(moved))[0]!.failure, (await house.log(hanging))[0]!.failure, house.receiver.ids('elsewhere')]).toEqual(['the receiver answered 307', 'no answer in time', []]);
  });

  it('that turns to another protocol fails like any other: it goes down, the doctor says why, and a stop waits for nothing', async () => {
    house.receiver.does.set('turning', upgrades);
    const id = await house.endpoint('turning', { ordered: false });
    await house.tell(10);
    await house.start();
    await house.until(async () => (await house.find(id))!.failures === 10);
    expect([(await house.log(id)).map(({ code, failure }) => `${code} ${failure}`), await examineWebhooks(house.worker)]).toEqual([Array(10).fill('101 the receiver answered 101'), [expect.objectContaining({ says: expect.stringContaining('has failed 10 times in a row') })]]);
    await house.stop();
  });

  it('is told what is wrong where a fact cannot be sent at all: it fails at once, and the next one goes', async () => {
    const id = await house.endpoint('small');
    await house.tell(1, { data: { subject: 'x'.repeat(3_000) } });
    const [next] = await house.tell(1);
    await house.start({ post: webhookPoster({ allowPrivate: true, mostBytes: 2_000 }) });
    await house.gets('small', [next!]);
    expect((await house.log(id))[1]).toMatchObject({ state: 'failed', attempts: 1, failure: expect.stringMatching(/^the body has \d+ bytes; 2000 are allowed$/) });
    expect((await house.find(id))!.failures).toBe(0);
  });

  it.each(['localhost', '127.0.0.1'])('whose address is not public for a while, %s, loses nothing: that is a failure like another, which says what allows it', async (host) => {
    const url = house.receiver.url('astray').replace('127.0.0.1', host);
    const id = await house.endpoint('astray', { url, ordered: false });
    const ids = await house.tell(3);
    let astray = true;
    const [strict, allowing] = [webhookPoster({ allowPrivate: false }), webhookPoster({ allowPrivate: true })];
    await house.start({ post: (webhook, now) => (astray ? strict : allowing)(webhook, now) });
    await house.until(async () => (await house.find(id))!.failures === 3);
    expect(await house.find(id)).toMatchObject({ waiting: 3, failed: 0, failure: expect.stringMatching(/^the address .*is not public, and TOUCHLINE_PRIVATE_WEBHOOKS is off$/) });
    astray = false;
    house.pass(6_000);
    await house.until(async () => (await house.find(id))!.waiting === 0);
    expect(house.receiver.ids('astray').sort()).toEqual(ids);
  });

  it('gets personal fields sealed, or opened where it may, and nothing of who was erased before it was sent', async () => {
    const key = (await house.keys.keysFor(TENANT, ['contact:ann'])).get('contact:ann')!;
    house.receiver.does.set('open', says(500));
    await house.endpoint('sealed');
    const open = await house.endpoint('open', { unseal: true });
    await house.tell(1, { type: 'contact.added', data: { contact: 'ann', name: seal(key, { tenant: TENANT, path: '/name' }, 'Ann'), role: 'user' } });
    await house.start();
    await house.until(() => house.receiver.got.length === 2);
    const data = (name: string) => house.receiver.got.filter((each) => each.name === name).map(({ body }) => body.data['name']);
    expect([data('open'), data('sealed')]).toEqual([['Ann'], [{ kid: expect.any(String), iv: expect.any(String), ct: expect.any(String) }]]);
    await house.until(async () => (await house.find(open))!.failures === 1);
    await house.keys.destroy(TENANT, 'contact:ann', async () => undefined);
    house.receiver.does.delete('open');
    house.pass(6_000);
    await house.until(() => data('open').length === 2);
    expect(data('open')).toEqual(['Ann', null]);
  });

  it('is not held up by a fact whose seal was broken: that one fails, and says so', async () => {
    const key = (await house.keys.keysFor(TENANT, ['contact:ann'])).get('contact:ann')!;
    const id = await house.endpoint('open', { unseal: true });
    await house.tell(1, { type: 'contact.added', data: { contact: 'ann', name: seal(key, { tenant: TENANT, path: '/elsewhere' }, 'Ann'), role: 'user' } });
    const [next] = await house.tell(1);
    await house.start();
    await house.gets('open', [next!]);
    expect((await house.log(id))[1]).toMatchObject({ state: 'failed', failure: expect.stringContaining('/name') });
  });
});

import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { Webhook } from 'standardwebhooks';
import { says } from '../testing/receiver.js';
import { TENANT, WebhookHouse } from '../testing/webhook-house.js';
import { sendAgain, sendTest } from './delivery-log.js';
import { verifyingTexts } from './endpoint.js';
import { changeEndpoint, deleteEndpoint, disableEndpoint, enableEndpoint, rotateSecret } from './endpoints.js';
import { testEvent } from './test-event.js';

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
  it('has a secret that is changed without a gap: for a while all is signed with both', async () => {
    const id = await house.endpoint('turning', { signature: 'v1' });
    const [former] = await secrets(id);
    await inOneGo((sql) => rotateSecret(sql, TENANT, id, 24));
    const [next, stillGood] = await secrets(id);
    expect([stillGood, next === former]).toEqual([former, false]);
    await house.tell(1);
    await house.start();
    await house.gets('turning', ['f0']);
    const { text, headers } = house.receiver.got[0]!;
    for (const secret of [former, next]) expect(new Webhook(secret!).verify(text, headers as Record<string, string>)).toBeTruthy();
    await house.stop();
    house.pass(25 * HOUR);
    expect(await secrets(id)).toEqual([next]);
  });

  it('can be tried by a test, also where it is disabled; a test is sent once', async () => {
    const id = await house.endpoint('tried', { enabled: false });
    await house.start();
    const test = await inOneGo((sql) => sendTest(sql, TENANT, id));
    house.store.announce();
    await house.until(() => house.receiver.got.length === 1);
    const { body, id: sent } = house.receiver.got[0] as unknown as { body: { time: string }; id: string };
    expect([sent, body]).toEqual([test, testEvent(test!, id, new Date(body.time))]);
    house.receiver.does.set('tried', says(500, {}, 'No'));
    await inOneGo((sql) => sendTest(sql, TENANT, id));
    house.store.announce();
    await house.until(async () => (await house.log(id)).every(({ state }) => state !== 'waiting'));
    expect((await house.log(id)).map(({ state, attempts, answer, position }) => [state, attempts, answer, position])).toEqual([['failed', 1, 'No', null], ['delivered', 1, '', null]]);
    expect((await house.find(id))!.failures).toBe(0);
  });

  it('gets again what is asked for, with the id that it had: one, or all that was given up since a moment, in order', async () => {
    const id = await house.endpoint('again');
    await house.tell(3);
    await house.start();
    await house.gets('again', ['f0', 'f1', 'f2']);
    await house.until(async () => (await house.find(id))!.waiting === 0);
    const [last] = await house.log(id);
    expect(await inOneGo((sql) => sendAgain(sql, TENANT, id, { which: { delivery: last!.id } }))).toBe(1);
    house.store.announce();
    await house.gets('again', ['f0', 'f1', 'f2', 'f2']);
    expect(house.receiver.got.at(-1)!.id).toBe(last!.id);
    house.receiver.does.set('again', says(500));
    const failing = await house.tell(3);
    await house.until(async () => (await house.find(id))!.failures > 0);
    // Three days in which nothing is taken, then what waits is given up.
    house.pass(3 * DAY + HOUR);
    await house.until(async () => (await house.find(id))!.failed >= 1);
    house.receiver.does.delete('again');
    house.receiver.got.length = 0;
    await house.until(async () => (await house.find(id))!.waiting === 0);
    const failed = (await house.log(id)).filter(({ state }) => state === 'failed').map(({ event }) => event).reverse();
    house.receiver.got.length = 0;
    expect(await inOneGo((sql) => sendAgain(sql, TENANT, id, { which: { failedSince: new Date(0) } }))).toBe(failed.length);
    house.store.announce();
    await house.gets('again', failed);
    expect(failing).toEqual(expect.arrayContaining(failed));
  }, 40_000);

  it('goes by what was changed, keeps its place while it is disabled, and takes all with it when it is deleted', async () => {
    const id = await house.endpoint('changing', { filter: { types: ['invoice.*'] }, start: '1.0' });
    await house.start();
    await house.tell(2);
    await house.until(async () => (await house.find(id)) !== undefined);
    const [paid] = await house.tell(1, { type: 'invoice.paid' });
    await house.gets('changing', [paid!]);
    await inOneGo((sql) => disableEndpoint(sql, TENANT, id));
    const [place] = await inOneGo((sql) => sql.query<{ start: string }>('select start from webhook_endpoint'));
    expect(Number(place!.start.slice(2))).toBeGreaterThanOrEqual(3);
    house.store.announce();
    const meanwhile = await house.tell(2);
    expect(await inOneGo((sql) => changeEndpoint(sql, TENANT, id, { url: house.receiver.url('changing'), description: 'x', filter: {}, ordered: false, signature: 'v1a', unseal: false }))).toBe(true);
    await inOneGo((sql) => enableEndpoint(sql, TENANT, id));
    house.store.announce();
    await house.until(() => house.receiver.got.length === 3);
    expect(house.receiver.ids('changing').slice(1).sort()).toEqual([...meanwhile].sort());
    expect(house.receiver.got[1]!.headers['webhook-signature']).toMatch(/^v1a,/);
    expect([await inOneGo((sql) => deleteEndpoint(sql, TENANT, id)), await house.find(id), await house.log(id)]).toEqual([true, undefined, []]);
  });

  it('has no more waiting than is bearable: the rest stays in the log until it is its turn', async () => {
    house.receiver.does.set('slow', says(500));
    const id = await house.endpoint('slow', { ordered: false });
    await house.start({ mostWaiting: 5 });
    await house.tell(5);
    await house.until(async () => (await house.find(id))!.waiting === 5);
    await house.tell(5);
    await new Promise((wake) => setTimeout(wake, 1_000));
    expect((await house.find(id))!.waiting).toBe(5);
    house.receiver.does.delete('slow');
    house.pass(10 * MINUTE);
    await house.until(() => new Set(house.receiver.ids('slow')).size === 10);
  });
});

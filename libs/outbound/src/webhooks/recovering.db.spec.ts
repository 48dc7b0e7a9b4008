import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { says } from '../testing/receiver.js';
import { TENANT, WebhookHouse } from '../testing/webhook-house.js';
import { sendTest } from './delivery-log.js';
import { examineWebhooks } from './examine-webhooks.js';

const SECOND = 1_000;
let house: WebhookHouse;
beforeEach(async () => {
  house = new WebhookHouse();
  await house.open();
});
afterEach(() => house.close());
const of = async (id: string, event: string) => (await house.log(id)).find((each) => each.event === event);
async function test(id: string): Promise<void> {
  await house.worker.transaction((sql) => sendTest(sql, TENANT, id));
  house.store.announce();
}

describe('An endpoint that is well again', () => {
  it('gets all that waits once it has taken a test, however often it has failed', async () => {
    let code = 500;
    house.receiver.does.set('mended', (response) => says(code)(response, undefined as never));
    const id = await house.endpoint('mended');
    await house.tell(2);
    await house.start();
    await house.until(async () => (await house.find(id))!.failures === 1);
    house.pass(6 * SECOND);
    await house.until(async () => (await house.find(id))!.failures === 2);
    code = 204;
    await test(id);
    await house.until(async () => (await house.find(id))!.waiting === 0, () => house.log(id));
    expect(house.receiver.ids('mended').filter((each) => each.startsWith('f'))).toEqual(['f0', 'f0', 'f0', 'f1']);
  });

  it('gets what it did not want but takes now after a test, too; until then the doctor says that it waits', async () => {
    let picky = true;
    house.receiver.does.set('picky', (response, { body }) => says(picky && body.id === 'f0' ? 400 : 204)(response, undefined as never));
    const id = await house.endpoint('picky');
    await house.tell(2, { customers: 2 });
    await house.start();
    await house.until(async () => (await of(id, 'f0'))?.code === 400 && (await of(id, 'f1'))!.state === 'delivered');
    house.pass(6 * SECOND);
    await house.until(async () => (await of(id, 'f0'))!.attempts === 2 && (await of(id, 'f0'))!.code === 400);
    // Another customer's fact is taken, which lets nothing of that go.
    const [, taken] = await house.tell(2, { customers: 2 });
    await house.until(async () => (await of(id, taken!))?.state === 'delivered');
    expect(await house.find(id)).toMatchObject({ failures: 0, waiting: 2 });
    expect(await of(id, 'f0')).toMatchObject({ state: 'waiting', attempts: 2 });
    expect(await examineWebhooks(house.worker)).toMatchObject([{ check: `webhook ${id}`, status: 'warns', says: expect.stringContaining('has not taken 1 fact') as unknown, remedy: expect.stringContaining(`webhooks test ${id}`) as unknown }]);
    picky = false;
    await test(id);
    await house.until(async () => (await house.find(id))!.waiting === 0, () => house.log(id));
  });

  it('and had asked for a while gets all that it did not take since it fails, once it has taken the trial after it', async () => {
    let well = false;
    house.receiver.does.set('busy', (response, { body }) => (well ? says(204) : body.id === 'f0' ? says(500) : says(503, { 'retry-after': '12' }))(response, undefined as never));
    const id = await house.endpoint('busy');
    await house.tell(1);
    await house.start();
    for (const attempts of [1, 2]) {
      await house.until(async () => (await house.find(id))!.failures === attempts);
      house.pass(6 * SECOND);
    }
    await house.tell(2, { customers: 2 });
    await house.until(async () => (await house.find(id))!.failures === 3);
    well = true;
    house.pass(13 * SECOND);
    await house.until(async () => (await house.find(id))!.waiting === 0, () => house.log(id));
  });
});

describe('An endpoint that asks for a while', () => {
  it('is sent the first of what waits after just that, and nothing else, which the log says; no step of the schedule is used up', async () => {
    let code = 503;
    house.receiver.does.set('busy', (response) => says(code, code === 503 ? { 'retry-after': '12' } : {})(response, undefined as never));
    const id = await house.endpoint('busy');
    await house.tell(4, { customers: 2 });
    await house.start();
    for (const times of [1, 2, 3, 4, 5, 6]) {
      await house.until(async () => (await house.find(id))!.failures === times);
      const waiting = (await house.log(id)).map(({ event, nextAt }) => [event, nextAt === null ? null : Math.ceil((nextAt.getTime() - house.now().getTime()) / SECOND)]);
      expect(waiting.filter(([, seconds]) => seconds !== null)).toEqual([[expect.stringMatching(/^f[01]$/), 12]]);
      if (times === 6) code = 500;
      house.pass(13 * SECOND);
    }
    await house.until(async () => (await house.log(id)).some((each) => each.code === 500));
    const tried = (await house.log(id)).find((each) => each.code === 500)!;
    expect(tried.attempts).toBeGreaterThan(1);
    expect(tried.nextAt!.getTime() - house.now().getTime()).toBeLessThan(6 * SECOND);
  });
});

describe('An endpoint that is disabled', () => {
  it('is sent nothing until it is enabled, and so the log says no time', async () => {
    house.receiver.does.set('gone', says(410));
    const id = await house.endpoint('gone');
    await house.tell(1);
    await house.start();
    await house.until(async () => !(await house.find(id))!.enabled);
    expect(await of(id, 'f0')).toMatchObject({ state: 'waiting', code: 410, attempts: 1, nextAt: null });
  });
});

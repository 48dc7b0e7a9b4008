import type { ServerResponse } from 'node:http';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { killChildren, killHard, nextLine, spawnTypescript } from '../../../../test/support/child.js';
import { hangs, says } from '../testing/receiver.js';
import { MASTER_KEY, WebhookHouse } from '../testing/webhook-house.js';
import { webhookPoster } from '../webhook/post-webhook.js';

let house: WebhookHouse;
beforeEach(async () => {
  house = new WebhookHouse();
  await house.open();
});
afterEach(async () => {
  await killChildren();
  await house.close();
});

const spawnSender = (owner: string, holdMs: number, ...more: string[]) => spawnTypescript('libs/outbound/src/testing/sending-process.ts', [house.url, MASTER_KEY, owner, String(holdMs), ...more]);
const median = (figures: readonly number[]) => [...figures].sort((a, b) => a - b)[Math.floor(figures.length / 2)]!;

/** Tells one fact after the other. @returns how long each took to reach an endpoint */
async function delays(name: string, count: number, tenant: string): Promise<number[]> {
  const found: number[] = [];
  for (let n = 0; n < count; n++) {
    const began = performance.now();
    const [id] = await house.tell(1, { tenant });
    await house.until(() => house.receiver.ids(name).includes(id!));
    found.push(house.receiver.got.findLast((each) => each.name === name)!.at - began);
  }
  return found;
}

describe('An endpoint', () => {
  it('that is dead, hangs or is slow delays no other, of the same tenant or another, and does not use up connections', async () => {
    for (const name of ['hanging', 'hanging too']) house.receiver.does.set(name.replace(' ', '-'), hangs);
    house.receiver.does.set('slow', (response) => void setTimeout(() => says(204)(response, undefined as never), 1_000));
    house.receiver.does.set('broken', says(500));
    await house.endpoint('living');
    await house.endpoint('living-there', {}, 'globex');
    await house.start();
    for (const tenant of ['acme', 'globex']) await house.tell(1, { tenant });
    await house.until(() => house.receiver.got.length === 2);
    const alone = [await delays('living', 15, 'acme'), await delays('living-there', 15, 'globex')];
    const now = await house.store.head();
    for (const name of ['hanging', 'hanging-too', 'slow', 'broken']) await house.endpoint(name, { ordered: false, start: now });
    await house.tell(300, { customers: 30 });
    await house.until(() => house.receiver.ids('living').length >= 316);
    await house.until(() => ['hanging', 'slow', 'broken'].every((name) => house.receiver.ids(name).length > 0));
    const beside = [await delays('living', 15, 'acme'), await delays('living-there', 15, 'globex')];
    const figures = [...alone, ...beside].map((each) => Math.round(median(each)));
    process.stdout.write(`median delay alone ${figures.slice(0, 2).join(' and ')} ms, beside dead endpoints ${figures.slice(2).join(' and ')} ms; at most ${house.receiver.busiest} requests at once\n`);
    // A hanging endpoint holds a connection for 1.5 s here; whoever waited for one of them would be as late.
    expect(Math.max(...beside.map(median))).toBeLessThan(750);
    // What is sent at once to an endpoint that has failed, or was not reached yet, is one.
    expect(house.receiver.busiest).toBeLessThan(2 * 8 + 4 * 8);
    expect(house.receiver.ids('hanging').length).toBeLessThan(12);
  }, 60_000);

  it('that has failed ten times in a row is sent nothing but trials, until it answers: then all goes out at once', async () => {
    house.receiver.does.set('down', says(500));
    const id = await house.endpoint('down', { ordered: false });
    await house.tell(40, { customers: 40 });
    await house.start();
    await house.until(async () => (await house.find(id))!.failures === 10);
    expect((await house.find(id))!.retryAt!.getTime() - house.now().getTime()).toBeGreaterThan(50_000);
    await new Promise((wake) => setTimeout(wake, 400));
    expect([house.receiver.got.length, house.warnings.filter((text) => text.includes('is down')).length]).toEqual([10, 1]);
    house.pass(70_000);
    await house.until(() => house.receiver.got.length === 11);
    await house.until(async () => (await house.find(id))!.failures === 11);
    // As after many attempts: what failed is not due for long.
    await house.worker.statements((sql) => sql.query(`update webhook_delivery set next_at = now() + interval '1 day' where attempts > 0`));
    house.receiver.does.delete('down');
    house.receiver.got.length = 0;
    house.pass(140_000);
    await house.until(() => new Set(house.receiver.ids('down')).size === 40);
    await house.until(async () => (await house.find(id))!.waiting === 0);
  }, 40_000);

  it('is delayed by none of another tenant, however many of them take their time', async () => {
    const SLOW = 40;
    const names = Array.from({ length: SLOW }, (_, n) => `slow${n}`);
    for (const name of names) await house.endpoint(name, { ordered: false });
    await house.endpoint('there', {}, 'globex');
    await house.start({ post: webhookPoster({ allowPrivate: true, waitMs: 25_000 }) });
    await house.tell(1);
    // Whoever was never reached is sent one at a time.
    await house.until(async () => (await house.worker.statements((sql) => sql.query('select from webhook_endpoint where delivered_at is not null'))).length === SLOW);
    const kept: ServerResponse[] = [];
    for (const name of names) house.receiver.does.set(name, (response) => void kept.push(response));
    await house.tell(8);
    await house.until(() => house.receiver.got.length === SLOW + 128);
    await new Promise((wake) => setTimeout(wake, 1_000));
    expect(house.receiver.busiest).toBe(128);
    const [id] = await house.tell(1, { tenant: 'globex' });
    await house.gets('there', [id!]);
    for (const name of names) house.receiver.does.delete(name);
    for (const response of kept) response.writeHead(204).end();
    await house.until(() => house.receiver.got.length === 9 * SLOW + 1);
  }, 60_000);

  it('is one of a hundred: all get all, in order, from two workers', async () => {
    const names = Array.from({ length: 100 }, (_, n) => `e${n}`);
    for (const name of names) await house.endpoint(name);
    const post = webhookPoster({ allowPrivate: true });
    for (let n = 0; n < 2; n++) await house.start({ post });
    const ids = await house.tell(20, { customers: 4 });
    await house.until(() => house.receiver.got.length >= 2_000);
    const ofCustomer = (list: readonly string[], n: number) => list.filter((id) => ids.indexOf(id) % 4 === n);
    for (const name of names) for (let n = 0; n < 4; n++) expect([name, ofCustomer(house.receiver.ids(name), n)]).toEqual([name, ofCustomer(ids, n)]);
    expect(house.warnings).toEqual([]);
  }, 90_000);

  it('gets a fact again with the same webhook-id where the worker was killed after it was sent, and before that was written down', async () => {
    await house.endpoint('killed');
    await house.tell(2);
    const child = spawnSender('a', 1_500, 'stall');
    expect([await nextLine(child), await nextLine(child)].sort()).toEqual(['posted', 'ready']);
    await killHard(child);
    expect(house.receiver.ids('killed')).toEqual(['f0']);
    await house.start();
    await house.gets('killed', ['f0', 'f0', 'f1']);
    expect(house.receiver.got[1]!.id).toBe(house.receiver.got[0]!.id);
  }, 40_000);

  it('misses nothing and keeps its order while workers are killed again and again', async () => {
    const [ordered, loose] = [await house.endpoint('ordered'), await house.endpoint('loose', { ordered: false })];
    let telling = true;
    const ids: string[] = [];
    const teller = (async () => { while (telling) { ids.push(...await house.tell(4, { customers: 2 })); await new Promise((wake) => setTimeout(wake, 80)); } })();
    for (let round = 0; round < 4; round++) {
      const child = spawnSender(`killed${round}`, 1_500);
      expect(await nextLine(child)).toBe('ready');
      await house.until(async () => (await house.worker.statements((sql) => sql.query('select from subscription where owner = $1', [`killed${round}/subscriptions`]))).length === 2);
      const before = house.receiver.got.length;
      await house.until(() => house.receiver.got.length > before + 20);
      await killHard(child);
    }
    telling = false;
    await teller;
    await house.start();
    // Nothing waits for an endpoint whose subscription nobody has taken yet: the killed worker's lease lasts for seconds.
    await house.until(async () => {
      const all = ['ordered', 'loose'].every((name) => new Set(house.receiver.ids(name)).size === ids.length);
      return all && (await house.find(ordered))!.waiting === 0 && (await house.find(loose))!.waiting === 0;
    });
    const firsts = [...new Set(house.receiver.ids('ordered'))];
    for (const n of [0, 1]) expect(firsts.filter((id) => ids.indexOf(id) % 2 === n)).toEqual(ids.filter((_, place) => place % 2 === n));
    // The same fact has the same id, however often it came.
    for (const name of ['ordered', 'loose']) expect(new Set(house.receiver.got.filter((each) => each.name === name).map((each) => each.id)).size).toBe(ids.length);
    process.stdout.write(`${ids.length} facts, ${house.receiver.got.length - 2 * ids.length} of ${house.receiver.got.length} deliveries came again after four kills\n`);
  }, 90_000);
});

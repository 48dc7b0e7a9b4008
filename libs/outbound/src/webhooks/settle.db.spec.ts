import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { TENANT, WebhookHouse } from '../testing/webhook-house.js';
import { sendAgain } from './delivery-log.js';
import { enqueue } from './queue.js';
import { settle } from './settle.js';
import { giveUp } from './sweep.js';
import { takeDue, type Taken } from './take.js';

let house: WebhookHouse;
let began: number;
beforeEach(async () => {
  house = new WebhookHouse();
  await house.open();
  began = Date.now();
});
afterEach(() => house.close());
const inOneGo = <T>(work: Parameters<typeof house.worker.transaction<T>>[0]) => house.worker.transaction(work);

/** An endpoint for which so many facts wait. */
async function waitingFor(count: number): Promise<string> {
  const id = await house.endpoint('one', { ordered: false });
  const facts = Array.from({ length: count }, (_, n) => ({ source: 'crm', id: `f${n}`, type: 'ticket.opened', position: `1.${n + 1}`, customer: `c${n}` }));
  await inOneGo((sql) => enqueue(sql, { tenant: TENANT, id, ordered: false }, facts));
  return id;
}
const at = (seconds: number) => new Date(began + seconds * 1_000);
const take = (seconds: number, { doubtful = true, holdMs = 40_000 } = {}) => inOneGo((sql) => takeDue(sql, doubtful, { now: at(seconds), holdMs, free: 64, busy: new Map() }));
const answered = (taken: Taken, code: number) => ({ taken, sent: code < 300, forGood: code === 410, why: code < 300 ? null : `the receiver answered ${code}`, answer: { code, text: '', retryAfterMs: null } });

describe('What came of an attempt', () => {
  it('counts for nothing where it was taken over meanwhile, also as the first after somebody asked for it again', async () => {
    const id = await waitingFor(1);
    // It was held until a moment that is over.
    const [frozen] = await take(1, { holdMs: -2_000 });
    await inOneGo((sql) => sendAgain(sql, TENANT, id, { which: { delivery: frozen!.id } }));
    const wakes = () => inOneGo((sql) => settle(sql, [answered(frozen!, 204)], at(43)));
    await wakes();
    const [second] = await take(42);
    expect([frozen!.attempts, second!.attempts]).toEqual([1, 1]);
    await wakes();
    expect((await house.log(id))[0]).toMatchObject({ state: 'waiting', code: null });
    await inOneGo((sql) => settle(sql, [answered(second!, 503)], at(44)));
    expect((await house.log(id))[0]).toMatchObject({ state: 'waiting', code: 503, attempts: 1 });
  });

  it('disables the endpoint where one of them was answered 410, whatever became of the others', async () => {
    const id = await waitingFor(3);
    const first = await take(1);
    await inOneGo((sql) => settle(sql, first.map((each) => answered(each, 204)), at(2)));
    const [gone, taken] = await take(3, { doubtful: false });
    expect(await inOneGo((sql) => settle(sql, [answered(gone!, 410), answered(taken!, 204)], at(4)))).toBe('gone');
    expect(await house.find(id)).toMatchObject({ enabled: false, disabledBecause: 'the receiver answered 410: it is gone', waiting: 1, failed: 0, failures: 0 });
  });
});

describe('What is in hand', () => {
  it('is not sent again, however it is asked for, until it is known how it went', async () => {
    const id = await waitingFor(1);
    const [first] = await take(1);
    const again = () => inOneGo((sql) => sendAgain(sql, TENANT, id, { which: { delivery: first!.id } }));
    expect([await again(), await take(2)]).toEqual([0, []]);
    await inOneGo((sql) => settle(sql, [answered(first!, 204)], at(3)));
    expect((await house.log(id))[0]).toMatchObject({ state: 'delivered', code: 204, attempts: 1 });
    expect([await again(), (await take(4, { doubtful: false })).length]).toEqual([1, 1]);
  });

  it('is not given up: it may be taken at this moment', async () => {
    const id = await waitingFor(2);
    const [first] = await take(1);
    await inOneGo((sql) => sql.query(`update webhook_delivery set since = now() - interval '4 days'`));
    expect(await inOneGo((sql) => giveUp(sql, { tenant: TENANT, id }, at(2)))).toBe(1);
    await inOneGo((sql) => settle(sql, [answered(first!, 204)], at(3)));
    expect((await house.log(id)).map(({ state }) => state).sort()).toEqual(['delivered', 'failed']);
  });
});

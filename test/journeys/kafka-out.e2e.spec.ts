import { randomBytes, randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { connectKafka, type Incoming, type Kafka } from '#kafka';
import { touchline } from '../../apps/cli/src/testing.js';
import { testBroker } from '../support/kafka.js';
import { eventually } from '../support/read-models.js';
import { type House, openHouse } from './testing/house.js';

/** Of this run only: topics outlive a test on the broker. */
const TENANT = `t${randomBytes(6).toString('hex')}`;
const JOURNEY = `touchline.${TENANT}.journey`;

let house: House;
let kafka: Kafka;
let admin: string;
const records: Incoming[] = [];

beforeAll(async () => {
  const broker = await testBroker();
  house = await openHouse({ kafka: { url: `kafka://${broker}`, tenant: TENANT } });
  kafka = await connectKafka({ brokers: [broker], tls: false, login: null }, 'test');
  admin = await house.key('admin', 'adam');
}, 120_000);
afterAll(async () => {
  await kafka.close();
  await house.stop();
}, 60_000);

const run = (...args: string[]) => touchline(['kafka', 'out', ...args], { url: house.url, key: admin });
const set = (body: object, key = admin) => fetch(`${house.url}/v1/kafka/out`, { method: 'PUT', headers: { authorization: `Bearer ${key}`, 'content-type': 'application/json' }, body: JSON.stringify(body) });
const tell = (customer: string, ...tickets: string[]) => house.post('/v1/events', tickets.map((ticket) => ({ source: 'desk', id: ticket, type: 'ticket.opened', time: '2026-03-02T09:00:00Z', customer: { system: 'crm', id: customer }, data: { ticket } })));
const tickets = () => records.filter(({ headers }) => headers['type']?.toString() === 'ticket.opened').map(({ headers }) => headers['ce_id']!.toString());

describe('Somebody who wants the facts in Kafka', () => {
  it('turns it on by the command, from the beginning, and finds each fact once; then is told that all is sent', async () => {
    expect(await run()).toMatchObject({ code: 0, out: `Sends nothing. \`touchline kafka out on\` sends to ${JOURNEY} and touchline.${TENANT}.insight.\nNobody has decided it.` });
    await tell('K-1', 'T-1', 'T-2');
    expect(await run('on', '--start', 'beginning', '--retention-days', '30', '--reason', 'The data platform reads there')).toMatchObject({ code: 0, err: '', out: expect.stringMatching(/^Sends to touchline\.\w+\.journey and touchline\.\w+\.insight\.\nDecided by adam on [-\d]+: The data platform reads there\n(No worker has begun yet: one with the role kafka-out and KAFKA_URL does within seconds\.|All of it is sent\.|The oldest fact .*)$/) });
    await tell('K-1', 'T-3');
    await eventually(async () => (await run()).out.includes('All of it is sent.'));
    await kafka.consume({ group: randomUUID(), topics: [JOURNEY], begin: 'beginning', warn: () => undefined, handle: async (batch) => { records.push(...batch.records); } });
    await eventually(async () => tickets().length === 3);
    expect(tickets()).toEqual(['T-1', 'T-2', 'T-3']);
    expect(new Set(records.map(({ key }) => key?.toString())).size).toBe(1);
  }, 90_000);

  it('turns it off and on again, and misses nothing', async () => {
    expect(await run('off', '--reason', 'The platform moves')).toMatchObject({ code: 0, out: expect.stringContaining('Sends nothing.') });
    // It is heard of within seconds.
    await new Promise((wake) => setTimeout(wake, 4_000));
    await tell('K-1', 'T-4');
    await new Promise((wake) => setTimeout(wake, 2_000));
    expect(tickets()).toHaveLength(3);
    await run('on', '--reason', 'It has moved');
    await eventually(async () => tickets().length === 4);
    expect(tickets()).toEqual(['T-1', 'T-2', 'T-3', 'T-4']);
  }, 90_000);

  it('is told what is wrong with a decision, and needs the key for it', async () => {
    const refused = await set({ on: true, reason: 'Trying', start: 'yesterday', streams: ['clock'], partitions: 0 });
    expect([refused.status, await refused.json()]).toMatchObject([422, { code: 'invalid-body' }]);
    const foreign = await set({ on: true, reason: 'Trying', start: '7.12' });
    expect([foreign.status, await foreign.json()]).toMatchObject([410, { code: 'foreign-epoch' }]);
    expect((await set({ on: false, reason: 'Trying' }, await house.key('csm', 'carl'))).status).toBe(403);
    const late = await set({ on: true, reason: 'Only from then on', start: '2099-01-01T00:00:00Z', streams: ['journey'], mode: 'structured' });
    expect([late.status, await late.json()]).toMatchObject([200, { on: true, mode: 'structured', streams: [{ stream: 'journey', topic: JOURNEY }], decided: { reason: 'Only from then on' } }]);
  }, 60_000);
});

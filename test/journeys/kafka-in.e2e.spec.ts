import { randomBytes } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { connectKafka, type Kafka, type Writer } from '#kafka';
import { touchline } from '../../apps/cli/src/testing.js';
import { testBroker } from '../support/kafka.js';
import { eventually } from '../support/read-models.js';
import { type House, openHouse } from './testing/house.js';

const CLOUD_EVENT = { 'content-type': 'application/cloudevents+json' };
/** Of this run only: topics outlive a test on the broker. */
const TENANT = `t${randomBytes(6).toString('hex')}`;
const TOPIC = `touchline.${TENANT}.in`;

let house: House;
let kafka: Kafka;
let writer: Writer;
let operator: string;
let admin: string;

beforeAll(async () => {
  const broker = await testBroker();
  house = await openHouse({ kafka: { url: `kafka://${broker}`, tenant: TENANT } });
  kafka = await connectKafka({ brokers: [broker], tls: false, login: null }, 'test');
  writer = await kafka.writer();
  [operator, admin] = [await house.key('operator', 'olga'), await house.key('admin', 'adam')];
}, 120_000);
afterAll(async () => {
  await kafka.close();
  await house.stop();
}, 60_000);

const run = (args: string, key = admin) => touchline(['kafka', ...args.split(' ')], { url: house.url, key });
const write = (key: string, event: unknown, topic = TOPIC) => writer.write([{ topic, key, value: JSON.stringify(event), headers: CLOUD_EVENT }]);
const opened = (id: string, more: Record<string, unknown> = {}) => ({ specversion: '1.0', id, source: 'desk', type: 'ticket.opened', time: '2026-03-02T09:00:00Z', subject: 'crm:K-1', data: { ticket: id }, ...more });
const allRead = async () => (await run('in')).out.includes('All of it is read.');

describe('Somebody who has the service desk publish in Kafka', () => {
  it('turns it on by the command, which makes the topic and says how far it is read', async () => {
    expect(await run('in')).toMatchObject({ code: 0, out: `Reads nothing. \`touchline kafka in on\` reads ${TOPIC}.\nNobody has decided it.` });
    expect(await touchline(['kafka', 'in', 'on', '--reason', 'The desk publishes there'], { url: house.url, key: admin })).toMatchObject({ code: 0, err: '', out: expect.stringMatching(/^Reads touchline\.\w+\.in; what cannot be taken goes to touchline\.\w+\.dead-letters\.\nDecided by adam on [-\d]+: The desk publishes there\n[^]*All of it is read\.$/) });
    await write('K-1', opened('T-1'));
    await eventually(async () => (await (await house.ask('GET', '/v1/customers/crm:K-1/timeline')).text()).includes('T-1'));
    await eventually(allRead);
  }, 90_000);

  it('sees what was refused and why, mends it, and replays it', async () => {
    const alias = { type: 'record.amended', data: { event: { source: 'desk', id: 'T-2' }, data: { ticket: 'T-2' }, reason: 'Typing error' } };
    await write('K-1', opened('A-1', alias));
    await write('K-1', opened('T-3', { type: 'ticket.opend' }));
    await eventually(async () => (await run('dead-letters')).out.split('laid aside').length === 3);
    const shown = await run('dead-letters');
    expect(shown.code).toBe(2);
    expect(shown.out).toMatch(/^0 {2}touchline\.\w+\.in\/\d\/\d+, key K-1, laid aside \S+Z: refused\n {2}event-unknown at \/data\/event: No event .* \(record\.amended desk A-1\)\n1 {2}[^]*type-unknown at \/type: There is no type `ticket\.opend`/);
    expect((await run('dead-letters list --reason type-unknown --json')).out).toMatch(/"id": "1"/);
    expect(await run('dead-letters replay')).toMatchObject({ code: 1, err: expect.stringContaining('name the dead letters') });
    await write('K-1', opened('T-2'));
    await eventually(async () => (await run('dead-letters')).out.includes('a replay would record it'));
    expect(await run('dead-letters replay --all')).toMatchObject({ code: 2, out: expect.stringMatching(/2 dead letters tried: 1 recorded, 0 in the log already, 1 refused still\.$/) });
    const again = await run('dead-letters replay 0');
    expect(again).toMatchObject({ code: 0, out: expect.stringMatching(/: stands in the log\n {2}then: event-unknown at [^]*1 dead letter tried: 0 recorded, 1 in the log already, 0 refused still\.$/) });
    expect(await run('dead-letters replay 0 99')).toMatchObject({ code: 2, out: again.out, err: expect.stringMatching(/^There is no dead letter 99: /) });
    expect(await run('dead-letters replay 99')).toMatchObject({ code: 2, err: expect.stringMatching(/^There is no dead letter 99: /) });
    expect(await run('dead-letters replay --reason type-unknwn')).toMatchObject({ code: 1, err: expect.stringContaining('Did you mean `type-unknown`?') });
    expect(await run('dead-letters list --reason nope')).toMatchObject({ code: 1, err: expect.stringContaining('such as data-invalid') });
    expect((await run('dead-letters')).out).not.toContain('A-1');
    expect((await run('dead-letters list --all')).out).toContain('A-1');
  }, 90_000);

  it('may read no topic that is not theirs', async () => {
    const set = (topics: string[], key: string) => fetch(`${house.url}/v1/kafka/in`, { method: 'PUT', headers: { authorization: `Bearer ${key}`, 'content-type': 'application/json' }, body: JSON.stringify({ on: true, topics, reason: 'Trying' }) });
    expect((await set(['orders'], admin)).status).toBe(403);
    for (const topic of ['touchline.globex.in', `touchline.${TENANT}.journey`, `touchline.${TENANT}.dead-letters`, '__consumer_offsets', 'touchline.relay-positions']) {
      const refused = await set([topic], operator);
      expect([refused.status, await refused.json()]).toMatchObject([422, { code: 'invalid-body', errors: [{ pointer: '/topics/0' }] }]);
    }
    expect((await set(['orders'], operator)).status).toBe(200);
    expect((await run('in')).out).toContain('There is no topic orders, and it is not ours to make.');
    expect((await fetch(`${house.url}/v1/kafka/dead-letters`, { headers: { authorization: `Bearer ${await house.key('csm', 'carl')}` } })).status).toBe(403);
  });

  it('turns it off, with a reason', async () => {
    expect(await run('in off')).toMatchObject({ code: 1, err: expect.stringContaining("required option '--reason <text>'") });
    expect(await touchline(['kafka', 'in', 'off', '--reason', 'Not needed'], { url: house.url, key: admin })).toMatchObject({ code: 0, out: expect.stringMatching(/^Reads nothing\.[^]*Not needed$/) });
    expect(house.warnings.filter((each) => !each.includes('There is no topic orders'))).toEqual([]);
  });
});

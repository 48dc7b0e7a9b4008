import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type Admin, Kafka as Client, logLevel } from 'kafkajs';
import { hear, listTenants } from '#event-store';
import { topicIn, topicOfDeadLetters } from '#journey';
import { testBroker } from '../../../../test/support/kafka.js';
import { openKafkaIn, structured, ticketOpened, until } from '../testing/open-kafka-in.js';
import { examineKafkaIn } from './examine-kafka-in.js';
import { groupOf } from './group.js';
import { readersOf } from './readers.js';
import { kafkaInState } from './state.js';

let house: Awaited<ReturnType<typeof openKafkaIn>>;
let client: Client;
let admin: Admin;
let refused: string;
beforeAll(async () => {
  house = await openKafkaIn();
  client = new Client({ brokers: [await testBroker()], logLevel: logLevel.NOTHING });
  admin = client.admin();
  await admin.connect();
  refused = await house.newTenant();
  // Kafka refuses names that differ in dots and underscores only.
  await admin.createTopics({ topics: [{ topic: topicIn(refused).replaceAll('.', '_'), numPartitions: 1 }] });
  await house.set({ on: true });
  await house.set({ on: true }, refused);
  house.start();
  await topicsAreThere(house.tenant);
}, 120_000);
afterAll(async () => {
  await admin.disconnect();
  await house.close();
});

const topicsAreThere = (tenant: string) => until('its topics are there', async () => (await kafkaInState(house.kafka, tenant, [topicIn(tenant)])).partitions.length === 6);
const told = async (tenant: string, customer: string) => (await house.store.readStream({ tenant, category: 'customer', id: customer })).map(({ id }) => id);
/** Writes a fact and waits until it is in the log. */
async function arrives(tenant: string, customer: string, topic = topicIn(tenant)): Promise<void> {
  const event = ticketOpened(customer);
  await house.write([structured(event, customer)], topic);
  await until(`what was written to ${topic} is in the log`, async () => (await told(tenant, customer)).includes(event.id));
}
const saidOf = (topic: string) => house.warnings.filter((each) => each.includes(topic));
const member = async (topic: string) => (await admin.describeGroups([groupOf(topic, house.tenant)])).groups[0]!.members[0]?.memberId;

describe('Kafka in, for tenants beside each other', () => {
  it('reads those whose topics are there beside one whose topic cannot be made', async () => {
    await arrives(house.tenant, 'nordlicht');
    await until('it was said', async () => saidOf(topicIn(refused)).length > 0);
    expect(saidOf(topicIn(refused))[0]).toMatch(/could not be prepared/);
    await admin.deleteTopics({ topics: [topicIn(refused).replaceAll('.', '_')] });
    await topicsAreThere(refused);
    await arrives(refused, 'spaet');
    expect(saidOf(topicIn(refused))).toHaveLength(1);
  }, 90_000);

  it('goes on with all others where a topic is taken away while it is read, and reads it again when it comes back', async () => {
    const other = `other.${house.tenant}`;
    const create = () => admin.createTopics({ topics: [{ topic: other, numPartitions: 1 }] });
    await create();
    const away = await house.newTenant();
    await house.set({ on: true, topics: [topicIn(away), other] }, away);
    await topicsAreThere(away);
    await arrives(away, 'vorher', other);
    const before = await Promise.all([topicIn(house.tenant), topicIn(away)].map(member));
    await admin.deleteTopics({ topics: [other] });
    await until('it was said', async () => saidOf(other).some((each) => each.includes(`There is no topic ${other}`)));
    await arrives(house.tenant, 'nordlicht');
    await arrives(away, 'daneben');
    expect(await Promise.all([topicIn(house.tenant), topicIn(away)].map(member))).toEqual(before);
    await create();
    await arrives(away, 'nachher', other);
  }, 90_000);

  it('holds up the partition, and nothing else, of which something cannot be laid aside', async () => {
    const narrow = await house.newTenant();
    const letters = topicOfDeadLetters(narrow);
    const room = (bytes: number) => admin.alterConfigs({ validateOnly: false, resources: [{ type: 2, name: letters, configEntries: [{ name: 'max.message.bytes', value: String(bytes) }] }] });
    await admin.createTopics({ topics: [{ topic: letters, numPartitions: 1, configEntries: [{ name: 'max.message.bytes', value: '100' }] }] });
    await house.set({ on: true }, narrow);
    await topicsAreThere(narrow);
    await house.write([{ ...structured(ticketOpened('pechmann', { type: 'nothing' })), partition: 0 }], topicIn(narrow));
    await until('it was tried', async () => saidOf(`${topicIn(narrow)}, partition 0`).length > 0);
    const before = await member(topicIn(narrow));
    const seen = async () => (await examineKafkaIn({ ...house, group: house.tenant }, new Date())).find(({ check }) => check.endsWith(narrow));
    expect(await seen()).toMatchObject({ status: 'warns', says: expect.stringMatching(/max\.message\.bytes=100.* 1 record waits\.$/) });
    for (const partition of [1, 2, 3]) await house.write([{ ...structured(ticketOpened(`p${partition}`)), partition }], topicIn(narrow));
    await until('the others are read', async () => (await Promise.all([1, 2, 3].map((partition) => told(narrow, `p${partition}`)))).every(({ length }) => length === 1));
    await arrives(house.tenant, 'nordlicht');
    const waiting: number[] = [];
    const deafen = hear('kafkaLag', ({ tenants }) => waiting.push(...tenants.filter((each) => each.tenant === narrow).map(({ records }) => records)));
    // Longer than kafkajs would try a batch before it leaves the group.
    await sleep(9_000);
    expect(saidOf(`${topicIn(narrow)}, partition 0`).length).toBeGreaterThan(3);
    expect(await member(topicIn(narrow))).toBe(before);
    expect(await house.dead(narrow)).toEqual([]);
    await room(1_000_000);
    await until('it was laid aside', async () => (await house.dead(narrow)).length === 1);
    await until('nothing waits', async () => waiting.at(-1) === 0);
    expect(new Set(waiting)).toEqual(new Set([1, 0]));
    deafen();
  }, 90_000);

  it('is told by the doctor in one line where all is well, and with a line of its own where it is not', async () => {
    expect(await examineKafkaIn({ ...house, kafka: null }, new Date())).toMatchObject([{ status: 'warns', remedy: 'Set KAFKA_URL for the API.' }]);
    for (const { id } of await listTenants(house.worker)) if (id !== house.tenant) await house.set({ on: false }, id);
    expect(await examineKafkaIn({ ...house, group: house.tenant }, new Date())).toEqual([{ check: 'kafka-in', status: 'fine', says: expect.stringMatching(/^1 tenant reads; \d+ records wait\.$/), remedy: null }]);
    await house.set({ on: false });
    expect(await examineKafkaIn({ ...house, group: house.tenant }, new Date())).toEqual([]);
  });

  it('reads none of another tenant\'s topics, nor what we write, whatever the settings say', async () => {
    const [thief, owner] = [await house.newTenant(), await house.newTenant()];
    const other = `other.${thief}`;
    await house.set({ on: true, topics: [topicIn(owner), topicIn(owner).toUpperCase(), topicOfDeadLetters(owner), topicOfDeadLetters(thief), '__consumer_offsets', other] }, thief);
    expect([...await readersOf(house.worker)].filter(([, tenant]) => tenant === thief)).toEqual([[other, thief]]);
  });

  it('makes nothing for somebody who only looks', async () => {
    const looking = await house.newTenant();
    const state = await kafkaInState(house.kafka, looking, [topicIn(looking), `nowhere.${looking}`]);
    expect(state).toEqual({ partitions: [], complaints: [
      `There is no topic ${topicIn(looking)} yet: a worker that reads makes it.`, `There is no topic nowhere.${looking}, and it is not ours to make.`, `There is no topic ${topicOfDeadLetters(looking)} yet: a worker that reads makes it.`,
    ] });
    expect((await admin.listTopics()).filter((name) => name.includes(looking))).toEqual([]);
    expect((await kafkaInState(house.kafka, looking, [topicIn(looking)], 'make')).partitions).toHaveLength(6);
  });
});

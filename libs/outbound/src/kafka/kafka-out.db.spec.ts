import { randomUUID } from 'node:crypto';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { Kafka as Client, logLevel } from 'kafkajs';
import pg from 'pg';
import { type Database, type PostgresEventStore, Subscriber, subscriptionsOf } from '#event-store';
import type { Incoming, Kafka } from '#kafka';
import type { TestDatabase } from '../../../../test/support/database.js';
import { testBroker } from '../../../../test/support/kafka.js';
import { kafkaOut } from './kafka-out.js';
import { positionTopicOf, topicOf } from './out-topics.js';
import { decideKafkaOut, tell, tellInsight } from './testing/facts.js';
import { openKafkaHouse } from './testing/kafka-house.js';

let house: Awaited<ReturnType<typeof openKafkaHouse>>;
let kafka: Kafka;
let fresh: TestDatabase;
let worker: Database;
let store: PostgresEventStore;
let tenant: string;
let subscriber: Subscriber | undefined;
const warnings: string[] = [];

beforeAll(async () => {
  house = await openKafkaHouse();
  ({ kafka, fresh, worker, store } = house);
}, 120_000);
afterAll(() => house.close());
beforeEach(async () => {
  tenant = await house.newTenant();
  warnings.length = 0;
});
afterEach(() => stop());

async function start(): Promise<void> {
  const warn = (sentence: string, error?: unknown): void => {
    const said = error ? `${sentence}: ${(error as Error).message}` : sentence;
    if (said.includes(tenant)) warnings.push(said);
  };
  subscriber = new Subscriber({ store, worker, kinds: [kafkaOut({ kafka, store, worker, warn })], owner: randomUUID(), warn });
  await subscriber.start();
}

async function stop(): Promise<void> {
  await subscriber?.stop();
  subscriber = undefined;
}

async function admin(text: string, values: unknown[] = []): Promise<void> {
  const client = new pg.Client(fresh.adminUrl);
  await client.connect();
  await client.query(text, values).finally(() => client.end());
}

/** Committed records of a topic, once there are at least so many and no more came for a while; those of one partition in order. */
async function records(topic: string, count: number): Promise<Incoming[]> {
  const found: Incoming[] = [];
  let last = Date.now();
  const consumer = await kafka.consume({ group: randomUUID(), topics: [topic], begin: 'beginning', warn: () => undefined, handle: async (batch) => { found.push(...batch.records); last = Date.now(); } });
  while (found.length < count || Date.now() - last < 700) await new Promise((wake) => setTimeout(wake, 50));
  await consumer.stop();
  return found.sort((a, b) => a.partition - b.partition || Number(a.offset - b.offset));
}

const ticketsOf = (found: readonly Incoming[]): number[] => found.map(({ headers }) => Number(headers['ce_id']));
const upTo = (end: number, from = 0): number[] => Array.from({ length: end - from }, (_, n) => from + n);
const sorted = (numbers: readonly number[]): number[] => numbers.toSorted((a, b) => a - b);
const failing = async (): Promise<string | undefined> => (await subscriptionsOf(worker, tenant))[0]?.failure?.text;
async function until(condition: () => Promise<boolean> | boolean): Promise<void> {
  while (!await condition()) await new Promise((wake) => setTimeout(wake, 50));
}
const deleteTopics = async (...topics: string[]): Promise<void> => {
  const client = new Client({ brokers: [await testBroker()], logLevel: logLevel.NOTHING }).admin();
  await client.connect();
  await client.deleteTopics({ topics });
  await client.disconnect();
};

const addPartitions = async (topic: string, count: number): Promise<void> => {
  const client = new Client({ brokers: [await testBroker()], logLevel: logLevel.NOTHING }).admin();
  await client.connect();
  await client.createPartitions({ topicPartitions: [{ topic, count }] });
  await client.disconnect();
};

describe('Facts on their way to Kafka', () => {
  it('go there once each, in order per customer, as CloudEvents, and go on where they were', async () => {
    await tell(store, tenant, 0, 50);
    await decideKafkaOut(store, tenant, 'r1');
    await start();
    const first = await records(topicOf(tenant, 'journey'), 50);
    await stop();
    await tell(store, tenant, 50, 30);
    await start();
    const all = await records(topicOf(tenant, 'journey'), 80);
    expect(sorted(ticketsOf(all))).toEqual(upTo(80));
    for (const customer of upTo(7)) {
      const own = all.filter(({ key }) => key?.toString() === `c${customer}`);
      expect(ticketsOf(own)).toEqual(upTo(80).filter((n) => n % 7 === customer));
      expect(new Set(own.map(({ partition }) => partition)).size).toBe(1);
    }
    const one = first.find(({ headers }) => headers['ce_id']?.toString() === '7')!;
    expect(JSON.parse(one.value!.toString())).toEqual({ ticket: 'T7' });
    expect(Object.fromEntries(Object.entries(one.headers).map(([name, value]) => [name, value.toString()]))).toMatchObject({
      'content-type': 'application/json', ce_specversion: '1.0', ce_id: '7', ce_source: 'test', ce_type: 'ticket.opened', ce_subject: 'c0', ce_time: '2026-01-05T10:00:00.000Z',
      ce_partitionkey: 'c0', ce_sequence: '0000000001', ce_position: expect.stringMatching(/^\d+\.\d+$/) as unknown, ce_recordedtime: expect.any(String) as unknown, family: 'ticket', type: 'ticket.opened',
    });
    await until(async () => (await subscriptionsOf(worker, tenant))[0]?.behind === 0);
    expect(warnings).toEqual([]);
  }, 60_000);

  it('begin where the tenant wants them to, as whole CloudEvents where it wants that; a change goes on where they are', async () => {
    await tell(store, tenant, 0, 20);
    await decideKafkaOut(store, tenant, 'r1', { start: await store.head(), streams: ['journey'], mode: 'structured' });
    await start();
    await tell(store, tenant, 20, 10);
    const found = await records(topicOf(tenant, 'journey'), 10);
    const events = found.map(({ value }) => JSON.parse(value!.toString()) as Record<string, unknown>);
    expect(sorted(events.map(({ id }) => Number(id)))).toEqual(upTo(30, 20));
    expect(found[0]!.headers['content-type']?.toString()).toBe('application/cloudevents+json; charset=UTF-8');
    expect(events[0]).toMatchObject({ specversion: '1.0', type: 'ticket.opened', data: { ticket: expect.any(String) as unknown } });
    await decideKafkaOut(store, tenant, 'r1', { streams: ['journey', 'insight'], mode: 'binary' });
    // It is heard of within a second.
    await new Promise((wake) => setTimeout(wake, 3_000));
    await tell(store, tenant, 30, 5);
    expect(sorted(ticketsOf((await records(topicOf(tenant, 'journey'), 15)).filter(({ headers }) => headers['ce_id'])))).toEqual(upTo(35, 30));
    expect(warnings).toEqual([]);
  }, 60_000);

  it('stop with an explanation where Kafka has lost its topics, and begin where somebody says', async () => {
    await tell(store, tenant, 0, 5);
    await decideKafkaOut(store, tenant, 'r1');
    await start();
    await records(topicOf(tenant, 'journey'), 5);
    await stop();
    await deleteTopics(topicOf(tenant, 'journey'));
    await tell(store, tenant, 5, 5);
    await start();
    await until(async () => (await failing())?.includes(`${topicOf(tenant, 'journey')}: it is gone`) ?? false);
    await stop();
    await deleteTopics(positionTopicOf(tenant), topicOf(tenant, 'insight'));
    await start();
    await until(async () => (await failing())?.includes(`${positionTopicOf(tenant)}: it is gone`) ?? false);
    await decideKafkaOut(store, tenant, 'r2');
    expect(sorted(ticketsOf(await records(topicOf(tenant, 'journey'), 10)))).toEqual(upTo(10));
    expect(await failing()).toBeUndefined();
  }, 90_000);

  it('go on where they were when the tenant turns them off and on again, and do not begin anew where Kafka has lost the place meanwhile', async () => {
    const turn = (on: boolean, reason: string) => decideKafkaOut(store, tenant, 'r1', { on, reason });
    await turn(true, 'first');
    await tell(store, tenant, 0, 5);
    await start();
    await records(topicOf(tenant, 'journey'), 5);
    await until(async () => (await subscriptionsOf(worker, tenant))[0]?.behind === 0);
    await turn(false, 'off');
    await until(async () => (await subscriptionsOf(worker, tenant)).length === 0);
    await tell(store, tenant, 5, 5);
    await turn(true, 'on again');
    expect(sorted(ticketsOf(await records(topicOf(tenant, 'journey'), 10)))).toEqual(upTo(10));
    await turn(false, 'off again');
    await until(async () => (await subscriptionsOf(worker, tenant)).length === 0);
    await deleteTopics(positionTopicOf(tenant));
    await turn(true, 'on once more');
    await until(async () => (await failing())?.includes(`${positionTopicOf(tenant)}: it is gone`) ?? false);
    expect(ticketsOf(await records(topicOf(tenant, 'journey'), 10))).toHaveLength(10);
  }, 60_000);

  it('stop with an explanation at topics that would lose facts or their order, which are left alone', async () => {
    const topic = topicOf(tenant, 'journey');
    const wish = { name: topic, create: true, partitions: 2, replicas: 1, complain: () => [] };
    await kafka.prepareTopics([{ ...wish, config: { 'cleanup.policy': 'compact', 'max.message.bytes': '1000', 'retention.ms': '5000' } }]);
    await decideKafkaOut(store, tenant, 'r1', { streams: ['journey'] });
    await tell(store, tenant, 0, 5);
    await start();
    await until(async () => (await failing()) !== undefined);
    expect(await failing()).toMatch(/cleanup.policy is compact.*max.message.bytes is 1000.*retention.ms is 5000/);
    await stop();
    await deleteTopics(topic);
    await kafka.prepareTopics([{ ...wish, config: {} }]);
    await start();
    expect(sorted(ticketsOf(await records(topic, 5)))).toEqual(upTo(5));
    await stop();
    await addPartitions(topic, 5);
    await start();
    await until(async () => (await failing())?.includes('it had 2 partitions when the relay last wrote and has 5') ?? false);
  }, 90_000);

  it('stop with an explanation where a stream is taken in again whose topic has gone meanwhile', async () => {
    const turnTo = async (streams: string[], reason: string): Promise<void> => {
      await stop();
      await decideKafkaOut(store, tenant, 'r1', { streams, reason });
      await start();
    };
    await tellInsight(store, tenant, 'i1');
    await turnTo(['journey', 'insight'], 'first');
    await records(topicOf(tenant, 'insight'), 1);
    await turnTo(['journey'], 'second');
    await tell(store, tenant, 0, 5);
    await records(topicOf(tenant, 'journey'), 5);
    await deleteTopics(topicOf(tenant, 'insight'));
    await turnTo(['journey', 'insight'], 'third');
    await until(async () => (await failing())?.includes(`${topicOf(tenant, 'insight')}: it is gone`) ?? false);
  }, 30_000);

  it('stay in the partition of their customer when partitions are added under a relay that runs', async () => {
    await decideKafkaOut(store, tenant, 'r1');
    await tell(store, tenant, 0, 70, 35);
    await start();
    await records(topicOf(tenant, 'journey'), 70);
    await addPartitions(topicOf(tenant, 'journey'), 9);
    // The first record of a topic makes the client look at all of its topics anew.
    await tellInsight(store, tenant, 'i1');
    await records(topicOf(tenant, 'insight'), 1);
    await tell(store, tenant, 70, 70, 35);
    const all = await records(topicOf(tenant, 'journey'), 140);
    expect(sorted(ticketsOf(all))).toEqual(upTo(140));
    for (const customer of upTo(35)) expect(new Set(all.filter(({ key }) => key?.toString() === `c${customer}`).map(({ partition }) => partition)).size).toBe(1);
  }, 60_000);

  it('go on from what both lives of the log share, after a restore that lost facts', async () => {
    await decideKafkaOut(store, tenant, 'r1');
    await tell(store, tenant, 0, 10);
    await start();
    await records(topicOf(tenant, 'journey'), 10);
    await stop();
    // What a copy does that was made after five of them.
    await admin(`delete from touchline.log where tenant = $1 and id in ('5', '6', '7', '8', '9')`, [tenant]);
    await admin(`update touchline.subscription set position = 0 where tenant = $1`, [tenant]);
    await admin(`select touchline.log_begin_epoch('a copy was put back')`);
    await tell(store, tenant, 10, 5);
    await start();
    expect(sorted(ticketsOf(await records(topicOf(tenant, 'journey'), 15)))).toEqual(upTo(15));
    expect(warnings).toEqual([expect.stringMatching(/Kafka was told of .* up to .*, in a life of the log that ended with a restore/)]);
  }, 60_000);
});

import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { Database, ensureTenant, eventStoreMigrations, generateMasterKey, KeyRing, migrate, parseMasterKey, PostgresEventStore } from '#event-store';
import { Intake, intakeMigrations, kafkaInState, replayDeadLetters } from '#intake';
import { KAFKA_IN, topicIn, topicOfDeadLetters } from '#journey';
import { connectKafka, type Incoming, type Kafka, type Outgoing, parseKafkaUrl } from '#kafka';
import { type RunningBroker, startBroker } from '../../infra/kafka/broker.js';
import { jarCache } from '../../infra/kafka/jars.js';
import { type Child, finish, killChildren, killHard, spawnTypescript } from '../support/child.js';
import { freshDatabase, type TestDatabase } from '../support/database.js';
import { removeHome, temporaryHome } from '../support/server-home.js';

const EVENTS = 100_000;
const CUSTOMERS = 500;
const BAD_EVERY = 1_000;
const AT_ONCE = 2_000;
const tenant = 'acme';
const TOPIC = topicIn(tenant);
const STRUCTURED = { 'content-type': 'application/cloudevents+json' };

const home = temporaryHome();
const masterKey = generateMasterKey();
let database: TestDatabase;
let worker: Database;
let store: PostgresEventStore;
let broker: RunningBroker;
let kafka: Kafka;

beforeAll(async () => {
  broker = await startBroker({ folder: join(home, 'kafka'), cache: jarCache() });
  database = await freshDatabase(async (url) => void await migrate(url, [...eventStoreMigrations, ...intakeMigrations]));
  worker = new Database(database.url, 'touchline_worker', 4);
  store = new PostgresEventStore(worker);
  kafka = await connectKafka(parseKafkaUrl(`kafka://${broker.bootstrap}`)!, 'test');
  await ensureTenant(worker, tenant, 'Europe/Berlin');
  await store.append([{ stream: { tenant, ...KAFKA_IN }, expected: 'any', events: [{
    source: 'touchline:kafkain', id: 'on', type: 'kafkain.set', version: 1, occurredAt: new Date().toISOString(), actor: { kind: 'system', id: 'test' }, data: { on: true, reason: 'Trying' }, bodyHash: 'on',
  }] }]);
}, 180_000);
afterEach(killChildren);
afterAll(async () => {
  await kafka.close();
  await store.close();
  await worker.close();
  await database.drop();
  await broker.stop();
  removeHome(home);
}, 60_000);

const customerOf = (number: number) => `c-${number % CUSTOMERS}`;
const eventOf = (number: number) => ({ specversion: '1.0', id: `e-${number}`, source: 'desk', type: 'ticket.opened', time: '2026-03-02T09:00:00Z', subject: customerOf(number), data: { ticket: `T-${number}` } });

/** What can never be taken; its header says why. */
function badOf(number: number): Outgoing {
  const event = eventOf(number);
  const [reason, value] = ([
    ['tombstone', null], ['invalid-json', '{'], ['type-unknown', JSON.stringify({ ...event, id: `bad-${number}`, type: 'ticket.opend' })], ['id-conflict', JSON.stringify({ ...event, data: { ticket: 'other' } })],
    ['time-out-of-range', JSON.stringify({ ...event, id: `bad-${number}`, time: '2999-01-01T00:00:00Z' })],
  ] as const)[(number / BAD_EVERY) % 5]!;
  return { topic: TOPIC, key: customerOf(number), value, headers: { ...STRUCTURED, expected: reason } };
}

async function publish(): Promise<void> {
  const writer = await kafka.writer();
  for (let from = 0; from < EVENTS; from += AT_ONCE) {
    await writer.write(Array.from({ length: AT_ONCE }, (_, place) => from + place).flatMap((number): Outgoing[] => [
      { topic: TOPIC, key: customerOf(number), value: JSON.stringify(eventOf(number)), headers: STRUCTURED }, ...(number % BAD_EVERY === 0 ? [badOf(number)] : []),
    ]));
  }
  await writer.close();
}

const recorded = async () => Number((await worker.statements((sql) => sql.query<{ n: string }>(`select count(*) as n from log where tenant = $1 and category = 'customer'`, [tenant])))[0]!.n);

async function untilRecorded(count: number): Promise<void> {
  for (const end = Date.now() + 150_000; await recorded() < count; await sleep(20)) if (Date.now() > end) throw new Error(`${await recorded()} of ${count} are recorded, and no more come`);
}

const startReader = (): Child => spawnTypescript('test/crash/kafka-reader.ts', [database.url, masterKey, `kafka://${broker.bootstrap}`]);

async function deadLetters(): Promise<Incoming[]> {
  const found: Incoming[] = [];
  await kafka.read({ topic: topicOfDeadLetters(tenant), partition: 0, from: 0n }, async (records) => { found.push(...records); return true; });
  return found;
}

describe('What is read from Kafka', () => {
  it('is in the log once and in the order of its key, whoever is killed or stands still, and what is bad is laid aside with its reason', async () => {
    await kafkaInState(kafka, tenant, [TOPIC], 'make');
    await publish();
    const at = (percent: number) => untilRecorded(EVENTS * percent / 100);

    for (let kill = 1; kill <= 5; kill++) {
      const reader = startReader();
      await at(8 * kill);
      if (kill === 2) await broker.restart();
      if (kill === 2) await at(8 * kill + 4);
      await killHard(reader);
    }
    const frozen = startReader();
    await at(48);
    frozen.kill('SIGSTOP');
    const second = startReader();
    // So far that the second must have what the first was reading.
    await at(60);
    frozen.kill('SIGCONT');
    await at(70);
    await broker.restart();
    await at(80);
    await finish(second);
    await untilRecorded(EVENTS);
    for (const end = Date.now() + 60_000; Date.now() < end && (await kafkaInState(kafka, tenant, [TOPIC])).partitions.some(({ lag }) => lag > 0);) await sleep(200);
    await finish(frozen);

    const rows = await worker.statements((sql) => sql.query<{ customer: string; ids: string[] }>(
      `select stream as customer, array_agg(id order by revision) as ids from log where tenant = $1 and category = 'customer' group by stream`, [tenant]));
    const told = new Map(rows.map(({ customer, ids }) => [customer, ids]));
    const wanted = Array.from({ length: CUSTOMERS }, (_, first) => [`c-${first}`, Array.from({ length: EVENTS / CUSTOMERS }, (_each, place) => `e-${first + place * CUSTOMERS}`)] as const);
    expect(wanted.filter(([customer, ids]) => told.get(customer)?.join() !== ids.join()).map(([customer]) => customer)).toEqual([]);
    expect(told.size).toBe(CUSTOMERS);

    const letters = await deadLetters();
    const said = (letter: Incoming, name: string) => letter.headers[name]?.toString();
    expect(letters.filter((letter) => said(letter, 'touchline_reason') !== said(letter, 'expected'))).toEqual([]);
    const origins = new Set(letters.map((letter) => `${said(letter, 'touchline_partition')}/${said(letter, 'touchline_offset')}`));
    expect(origins.size).toBe(EVENTS / BAD_EVERY);
    const keys = new KeyRing(worker, parseMasterKey(masterKey));
    const { letters: tried } = await replayDeadLetters({ intake: new Intake(store, worker, keys), kafka }, tenant, { limit: 500 }, new Date());
    expect([tried.length, new Set(tried.map(({ state }) => state))]).toEqual([EVENTS / BAD_EVERY, new Set(['refused'])]);
    expect(await recorded()).toBe(EVENTS);
    process.stdout.write(`${letters.length} dead letters for ${origins.size} bad records.\n`);
  }, 420_000);
});

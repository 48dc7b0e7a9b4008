import { randomBytes } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { Database, ensureTenant, eventStoreMigrations, migrate, PostgresEventStore, type Session } from '#event-store';
import { connectKafka, type Kafka } from '#kafka';
import { freshDatabase, type TestDatabase } from '../../../../test/support/database.js';
import { testBroker } from '../../../../test/support/kafka.js';
import { kafkaOut } from './kafka-out.js';
import { decideKafkaOut } from './testing/facts.js';

let kafka: Kafka;
let fresh: TestDatabase;
let worker: Database;
let store: PostgresEventStore;
let tenant: string;
let writers = 0;

beforeAll(async () => {
  const connected = await connectKafka({ brokers: [await testBroker()], tls: false, login: null }, 'test');
  kafka = { ...connected, takeOver: async (id) => {
    const writer = await connected.takeOver(id);
    writers += 1;
    return { write: writer.write, close: async () => { await writer.close(); writers -= 1; } };
  } };
  fresh = await freshDatabase(async (url) => { await migrate(url, eventStoreMigrations); });
  worker = new Database(fresh.url, 'touchline_worker', 4);
  store = new PostgresEventStore(worker);
}, 120_000);
afterAll(async () => {
  await kafka.close();
  await store.close();
  await worker.close();
  await fresh.drop();
});
beforeEach(async () => {
  // Topics outlive a test; a tenant of its own has its own.
  tenant = `t${randomBytes(6).toString('hex')}`;
  await ensureTenant(worker, tenant, 'UTC');
});

/** What a worker does that has won the relay, whose checkpoint is here. */
const begin = (position: string): Promise<Session> =>
  kafkaOut({ kafka, store, worker, warn: () => undefined }).open({ tenant, id: 'r1', position, signal: new AbortController().signal });

describe('A relay to Kafka that begins', () => {
  it('leaves no writer open where it may not', async () => {
    await expect(begin('1.0')).rejects.toThrow('This relay has ended');
    expect(writers).toBe(0);
    await decideKafkaOut(store, tenant, 'r1');
    const session = await begin('1.0');
    expect(writers).toBe(1);
    await session.close();
    expect(writers).toBe(0);
  }, 60_000);

  it('tells Kafka so: another goes on where it was, although nothing was told and other tenants have moved the checkpoint on', async () => {
    await decideKafkaOut(store, tenant, 'r1');
    await (await begin('1.0')).close();
    const session = await begin('1.1');
    expect(session.from).toBe('1.0');
    await session.close();
  }, 60_000);
});

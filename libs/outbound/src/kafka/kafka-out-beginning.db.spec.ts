import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import type { Database, PostgresEventStore, Session } from '#event-store';
import type { Kafka } from '#kafka';
import { kafkaOut } from './kafka-out.js';
import { decideKafkaOut } from './testing/facts.js';
import { openKafkaHouse } from './testing/kafka-house.js';

let house: Awaited<ReturnType<typeof openKafkaHouse>>;
let kafka: Kafka;
let worker: Database;
let store: PostgresEventStore;
let tenant: string;
let writers = 0;

beforeAll(async () => {
  house = await openKafkaHouse();
  ({ worker, store } = house);
  kafka = { ...house.kafka, takeOver: async (id) => {
    const writer = await house.kafka.takeOver(id);
    writers += 1;
    return { write: writer.write, close: async () => { await writer.close(); writers -= 1; } };
  } };
}, 120_000);
afterAll(() => house.close());
beforeEach(async () => { tenant = await house.newTenant(); });

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

import { randomUUID } from 'node:crypto';
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { Kafka, logLevel, Partitioners } from 'kafkajs';
import { ensureTenant, Subscriber, subscriptionsOf } from '#event-store';
import { parsePosition } from '#journey';
import { connectKafka } from '#kafka';
import { kafkaOut } from '#outbound';
import { type RunningBroker, startBroker } from '../../../infra/kafka/broker.js';
import { jarCache } from '../../../infra/kafka/jars.js';
import { decideKafkaOut, tell } from '../../../libs/outbound/src/kafka/testing/facts.js';
import { type BenchCase, perSecond } from '../bench-case.js';
import type { House } from '../house.js';

const [TENANT, EVENTS, CUSTOMERS, TOGETHER, PARTITIONS] = ['relayed', 50_000, 1_000, 1_000, 4];

/** From the log to committed records in Kafka, checkpoint included; a transaction has as many facts as a page. The start of a relay, which waits for heartbeats, is left out. */
export function kafkaOutCase(house: House): BenchCase {
  const { store, worker } = house;
  let broker: RunningBroker;
  let last = 0;
  return {
    name: 'kafka-out', unit: 'events/s', aim: 0.7, processes: 'one Node process each, the same broker beside',
    limitIs: `kafkajs alone: as many bytes and headers from memory, ${TOGETHER} records and a position in a transaction, retried after 10 ms`,
    prepare: async () => {
      broker = await startBroker({ folder: mkdtempSync(join(tmpdir(), 'bench-kafka-')), cache: jarCache(), log: console.log });
      await ensureTenant(worker, TENANT, 'UTC');
      await tell(store, TENANT, 0, EVENTS, CUSTOMERS);
      last = parsePosition(await store.head()).n;
      return { ours: () => relayed(house, broker.bootstrap, last), limit: () => bare(broker.bootstrap) };
    },
    end: () => broker.stop(),
  };
}

async function relayed({ store, worker }: House, bootstrap: string, last: number): Promise<number> {
  const kafka = await connectKafka({ brokers: [bootstrap], tls: false, login: null }, 'bench');
  const relay = randomUUID();
  await decideKafkaOut(store, TENANT, relay, { partitions: PARTITIONS });
  const warn = (message: string, error?: unknown): void => console.error(message, error);
  const subscriber = new Subscriber({ store, worker, kinds: [kafkaOut({ kafka, store, worker, warn })], owner: relay, warn });
  await subscriber.start();
  const reached = async (): Promise<number> => (await subscriptionsOf(worker, TENANT)).find(({ id }) => id === relay)?.position ?? 0;
  const begin = await passed(reached, last - EVENTS);
  const figure = await perSecond(async () => {
    const end = await passed(reached, last - 1);
    return end - begin;
  });
  await subscriber.stop();
  await kafka.close();
  return figure;
}

async function passed(reached: () => Promise<number>, position: number): Promise<number> {
  for (;;) {
    const at = await reached();
    if (at > position) return at;
    await sleep(10);
  }
}

async function bare(bootstrap: string): Promise<number> {
  const client = new Kafka({ brokers: [bootstrap], logLevel: logLevel.NOTHING, retry: { initialRetryTime: 10, retries: 20 } });
  const topic = `touchline.${TENANT}.journey`;
  const producer = client.producer({ transactionalId: randomUUID(), idempotent: true, maxInFlightRequests: 1, createPartitioner: Partitioners.DefaultPartitioner });
  await producer.connect();
  const messages = Array.from({ length: EVENTS }, (_, n) => record(n));
  const figure = await perSecond(async () => {
    for (let at = 0; at < EVENTS; at += TOGETHER) {
      const transaction = await producer.transaction();
      await transaction.sendBatch({ topicMessages: [{ topic, messages: messages.slice(at, at + TOGETHER) }, { topic: `touchline.${TENANT}.relay-position`, messages: [{ key: 'bare', value: JSON.stringify({ position: `1.${at}`, partitions: {} }) }] }] });
      await transaction.commit();
    }
    return EVENTS;
  });
  await producer.disconnect();
  return figure;
}

/** As a fact of `tell` leaves the relay. */
const record = (n: number) => ({
  key: `c${n % CUSTOMERS}`, value: JSON.stringify({ ticket: `T${n}` }),
  headers: {
    'content-type': 'application/json', ce_specversion: '1.0', ce_id: String(n), ce_source: 'test', ce_type: 'ticket.opened', ce_subject: `c${n % CUSTOMERS}`, ce_time: '2026-01-05T10:00:00.000Z',
    ce_dataschema: 'touchline:/v1/event-types/ticket.opened/schemas/1', ce_typeversion: '1', ce_observedat: '2026-11-26T22:00:00.000Z', ce_recordedtime: '2026-11-26T22:00:00.000Z',
    ce_sequence: String(n).padStart(10, '0'), ce_position: `1.${n}`, ce_partitionkey: `c${n % CUSTOMERS}`, family: 'ticket', type: 'ticket.opened',
  },
});

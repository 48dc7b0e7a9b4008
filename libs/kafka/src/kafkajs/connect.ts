import { createRequire } from 'node:module';
import type { KafkaConfig, PartitionMetadata } from 'kafkajs';
import type { ClusterAddress } from '../kafka-url.js';
import type { Consumer, Kafka, Writer } from '../port.js';
import { anyAnswers, AT_ONCE } from './answers.js';
import { startConsumer } from './consumer.js';
import { calmIdleTimer } from './idle-timer.js';
import { latestOf } from './latest.js';
import { logTo } from './log.js';
import { membersOf } from './members.js';
import { progressOf } from './progress.js';
import { readStretch } from './read-stretch.js';
import { prepared } from './topics.js';
import { plainWriter, transactionWriter } from './writers.js';

const require = createRequire(import.meta.url);
const NOTHING_BUT_WARNINGS = 2;
/** A broker that died without closing the connection is found out after so long. */
const REQUEST_TIMEOUT_MS = 15_000;

/** Loaded only by who uses Kafka. */
async function load(): Promise<typeof import('kafkajs')> {
  const { default: kafkajs } = await import('kafkajs') as unknown as { default: typeof import('kafkajs') };
  return kafkajs;
}

let loaded: Promise<typeof import('kafkajs')> | undefined;

async function calm(): Promise<typeof import('kafkajs')> {
  const kafkajs = await load();
  calmIdleTimer(require('kafkajs/src/network/requestQueue') as Parameters<typeof calmIdleTimer>[0]);
  return kafkajs;
}

/** `debug` is told what kafkajs says; whoever calls is told by what is thrown. Nothing is connected before it is used. */
export async function connectKafka(address: ClusterAddress, clientId: string, debug: (sentence: string) => void = () => undefined): Promise<Kafka> {
  const kafkajs = await (loaded ??= calm());
  const { brokers, tls, login } = address;
  const settings: KafkaConfig = {
    clientId, brokers: [...brokers], ssl: tls, ...(login && { sasl: login as { mechanism: 'plain'; username: string; password: string } }),
    logLevel: NOTHING_BUT_WARNINGS, logCreator: logTo(debug), requestTimeout: REQUEST_TIMEOUT_MS, connectionTimeout: 5_000,
    retry: { initialRetryTime: 100, multiplier: 2, factor: 0.2, maxRetryTime: 2_000, retries: 6 },
  };
  const client = new kafkajs.Kafka(settings);
  const ofEach = brokers.map((broker) => new kafkajs.Kafka({ ...settings, ...AT_ONCE, brokers: [broker] }));
  // murmur2, as Java's client and librdkafka's `murmur2_random` do: a key has the same partition whoever writes.
  const producing = { createPartitioner: kafkajs.Partitioners.DefaultPartitioner };
  const choose = kafkajs.Partitioners.DefaultPartitioner();
  const open = new Set<() => Promise<void>>();
  const keepWriter = (writer: Writer): Writer => ({ write: writer.write, close: kept(open, writer.close) });
  const keepConsumer = (consumer: Consumer): Consumer => ({ stop: kept(open, consumer.stop) });
  return {
    takeOver: async (transactionalId) => keepWriter(await transactionWriter(client, transactionalId, producing)),
    writer: async () => keepWriter(await plainWriter(client, producing)),
    consume: async (consumption) => keepConsumer(startConsumer(client, consumption)),
    partitionOf: (key, among) => choose({ topic: '', message: { key, value: null }, partitionMetadata: Array.from({ length: among }, (_, partitionId) => ({ partitionId, leader: 0 }) as PartitionMetadata) }),
    latest: (topic, writer) => latestOf(client, topic, writer),
    read: (stretch, visit) => readStretch(client, stretch, visit),
    progress: (group, topics) => progressOf(client, group, topics),
    members: (groups) => membersOf(client, groups),
    prepareTopics: (wishes) => prepared(client, wishes),
    answers: () => anyAnswers(ofEach),
    close: async () => { await Promise.all([...open].map((close) => close())); },
  };
}

function kept(open: Set<() => Promise<void>>, close: () => Promise<void>): () => Promise<void> {
  const closing = async (): Promise<void> => {
    open.delete(closing);
    await close();
  };
  open.add(closing);
  return closing;
}

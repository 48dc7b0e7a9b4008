import type { Kafka as Client, Producer, ProducerConfig } from 'kafkajs';
import { KafkaUnavailable } from '../errors.js';
import type { Writer } from '../port.js';
import { failure } from './failure.js';
import { inSends } from './in-sends.js';

const ALL_REPLICAS = -1;

/** After so long the broker takes back what a writer that fell silent had begun. */
const TRANSACTION_TIMEOUT_MS = 60_000;

/**
 * A new transaction right after a commit is told CONCURRENT_TRANSACTIONS while the broker still writes the markers of the one before;
 * kafkajs waits its whole retry time then, so it starts at 5 ms. In sum it tries for about 12 seconds, then the caller is told.
 */
const RETRY = { initialRetryTime: 5, multiplier: 2, factor: 0.2, maxRetryTime: 2_000, retries: 13 };

type CreateProducer = Pick<ProducerConfig, 'createPartitioner'>;

export async function transactionWriter(client: Client, transactionalId: string, more: CreateProducer): Promise<Writer> {
  const producer = client.producer({ ...more, transactionalId, maxInFlightRequests: 1, idempotent: true, transactionTimeout: TRANSACTION_TIMEOUT_MS, retry: RETRY, allowAutoTopicCreation: false });
  // The first transaction asks for an epoch of its own, which fences whoever had the id; nothing is open at the broker before a record is sent.
  let next = await begun(producer, () => producer.transaction());
  let failed = false;
  return {
    write: async (records) => {
      if (failed) throw new KafkaUnavailable('This writer failed before, and nobody knows what became of it; take over anew');
      try {
        const transaction = next ?? await producer.transaction();
        next = undefined;
        for (const topicMessages of inSends(records)) await transaction.sendBatch({ acks: ALL_REPLICAS, topicMessages });
        await transaction.commit();
      } catch (error) {
        failed = true;
        throw failure(error, `Writing to Kafka as ${transactionalId} failed`);
      }
    },
    close: () => closed(producer),
  };
}

export async function plainWriter(client: Client, more: CreateProducer): Promise<Writer> {
  const producer = client.producer({ ...more, maxInFlightRequests: 1, retry: RETRY, allowAutoTopicCreation: false });
  await begun(producer, async () => undefined);
  return {
    write: async (records) => {
      try {
        for (const topicMessages of inSends(records)) await producer.sendBatch({ acks: ALL_REPLICAS, topicMessages });
      } catch (error) {
        throw failure(error, 'Writing to Kafka failed');
      }
    },
    close: () => closed(producer),
  };
}

async function begun<T>(producer: Producer, begin: () => Promise<T>): Promise<T | undefined> {
  try {
    await producer.connect();
    return await begin();
  } catch (error) {
    await closed(producer);
    throw failure(error, 'No writer could be opened on Kafka');
  }
}

/** What is wrong with a connection that is given up matters to nobody. */
const closed = (producer: Producer): Promise<void> => producer.disconnect().catch(() => undefined);

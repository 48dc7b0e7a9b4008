import { randomUUID } from 'node:crypto';
import type { Kafka as Client } from 'kafkajs';
import type { Incoming, Writer } from '../port.js';
import { failure } from './failure.js';
import { incoming } from './incoming.js';

const MARK = 'mark';
const PATIENCE_MS = 90_000;

/**
 * Read up to a mark that is written first, because no offset tells reliably that a compacted topic was read to its end: records that
 * were taken back and the markers of transactions count, but are not handed out, and compaction leaves gaps.
 * The group is only a way to read: it commits nothing and is forgotten with its last member.
 */
export async function latestOf(client: Client, topic: string, writer: Writer): Promise<ReadonlyMap<string, Incoming>> {
  const mark = randomUUID();
  await writer.write([{ topic, key: MARK, value: mark, partition: 0 }]);
  const consumer = client.consumer({ groupId: `${topic}.read.${mark}`, readUncommitted: false, allowAutoTopicCreation: false, maxWaitTimeInMs: 500 });
  const found = new Map<string, Incoming>();
  let late: NodeJS.Timeout | undefined;
  try {
    await consumer.connect();
    await consumer.subscribe({ topics: [topic], fromBeginning: true });
    await new Promise<void>((resolve, reject) => {
      late = setTimeout(() => reject(new Error('the mark at its end did not come')), PATIENCE_MS);
      consumer.on(consumer.events.CRASH, ({ payload: { error, restart } }) => { if (!restart) reject(error); });
      consumer.run({
        autoCommit: false,
        eachBatch: async ({ batch }) => {
          for (const message of batch.messages) {
            const record = incoming(topic, batch.partition, message);
            const key = record.key?.toString() ?? '';
            if (key === MARK) {
              if (record.value?.toString() === mark) resolve();
            } else if (record.value === null) found.delete(key);
            else found.set(key, record);
          }
        },
      }).catch(reject);
    });
    return found;
  } catch (error) {
    throw failure(error, `Reading ${topic} to its end failed`);
  } finally {
    clearTimeout(late);
    await consumer.disconnect().catch(() => undefined);
  }
}

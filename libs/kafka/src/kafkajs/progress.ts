import type { Kafka as Client } from 'kafkajs';
import type { PartitionProgress } from '../port.js';
import { failure } from './failure.js';
import { patiently } from './patiently.js';

export async function progressOf(client: Client, group: string, topics: readonly string[]): Promise<readonly PartitionProgress[]> {
  const admin = client.admin();
  try {
    await admin.connect();
    const committed = await patiently(() => admin.fetchOffsets({ groupId: group, topics: [...topics] }));
    const found = await Promise.all(topics.map(async (topic) => {
      const of = new Map(committed.find((each) => each.topic === topic)?.partitions.map(({ partition, offset }) => [partition, BigInt(offset)]));
      const offsets = await patiently(() => admin.fetchTopicOffsets(topic));
      return offsets.map(({ partition, low, high }) => {
        const offset = of.get(partition) ?? -1n;
        return { topic, partition, begin: BigInt(low), committed: offset < 0n ? null : offset, end: BigInt(high) };
      }).sort((a, b) => a.partition - b.partition);
    }));
    return found.flat();
  } catch (error) {
    throw failure(error, `How far ${group} has read could not be asked`);
  } finally {
    await admin.disconnect().catch(() => undefined);
  }
}

import type { Kafka } from '#kafka';
import { topicsAndLetters } from './topics.js';
import { groupOf } from './group.js';

interface PartitionRead {
  readonly topic: string;
  readonly partition: number;
  /** The offset from which reading goes on; null before the first. */
  readonly committed: string | null;
  /** The offset that the next record will have. */
  readonly end: string;
  /** Records that are still to be read. */
  readonly lag: number;
}

/** How far reading has come. */
export interface KafkaInState {
  readonly partitions: readonly PartitionRead[];
  /** What is wrong with the topics, one sentence each. */
  readonly complaints: readonly string[];
}

/** Makes what is ours and missing, and says how far each partition is read. @throws KafkaUnavailable */
export async function kafkaInState(kafka: Kafka, tenant: string, topics: readonly string[]): Promise<KafkaInState> {
  const found = await kafka.prepareTopics(topicsAndLetters(new Map(topics.map((topic) => [topic, tenant]))));
  const there = topics.filter((topic) => found.some(({ name, partitions }) => name === topic && partitions > 0));
  const progress = (await Promise.all(there.map((topic) => kafka.progress(groupOf(topic), [topic])))).flat();
  return {
    complaints: found.flatMap(({ complaints }) => complaints),
    partitions: progress.map(({ topic, partition, begin, committed, end }) => ({
      topic, partition, committed: committed === null ? null : String(committed), end: String(end), lag: Number(end - (committed ?? begin)),
    })),
  };
}

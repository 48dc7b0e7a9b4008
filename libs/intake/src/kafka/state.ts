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

/** Says how far each partition is read. With `make` what is ours and missing is made; without, that is left to who reads. @throws KafkaUnavailable */
export async function kafkaInState(kafka: Kafka, tenant: string, topics: readonly string[], make: 'make' | 'look' = 'look'): Promise<KafkaInState> {
  const wishes = topicsAndLetters(new Map(topics.map((topic) => [topic, tenant])));
  const found = await kafka.prepareTopics(make === 'make' ? wishes : wishes.map((wish) => ({ ...wish, create: false })));
  const isToCome = (name: string) => wishes.some((wish) => wish.name === name && wish.create);
  const there = topics.filter((topic) => found.some(({ name, partitions }) => name === topic && partitions > 0));
  const progress = (await Promise.all(there.map((topic) => kafka.progress(groupOf(topic), [topic])))).flat();
  return {
    complaints: found.flatMap(({ name, partitions, complaints }) => (partitions === 0 && isToCome(name) ? [`There is no topic ${name} yet: a worker that reads makes it.`] : complaints)),
    partitions: progress.map(({ topic, partition, begin, committed, end }) => ({
      topic, partition, committed: committed === null ? null : String(committed), end: String(end), lag: Number(end - (committed ?? begin)),
    })),
  };
}

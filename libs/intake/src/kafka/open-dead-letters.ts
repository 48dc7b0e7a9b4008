import type { Kafka } from '#kafka';
import { topicOfDeadLetters } from '#journey';
import type { Intake } from '../intake.js';
import { listDeadLetters } from './dead-letters.js';
import { groupOf } from './group.js';

/** Each is held against the log, so no more of the newest are looked at. */
export const NEWEST = 100;
const DAYS_MS = 7 * 86_400_000;

/** How many of the newest dead letters of the last seven days are not dealt with. @throws KafkaUnavailable */
export async function openDeadLetters(desk: { readonly intake: Intake; readonly kafka: Kafka }, tenant: string, now: Date): Promise<number> {
  const topic = topicOfDeadLetters(tenant);
  const [found] = await desk.kafka.prepareTopics([{ name: topic, partitions: 1, replicas: 1, config: {}, create: false, complain: () => [] }]);
  const [partition] = found!.partitions === 0 ? [] : await desk.kafka.progress(groupOf(topic), [topic]);
  if (!partition) return 0;
  const after = partition.end - BigInt(NEWEST) - 1n;
  const { letters } = await listDeadLetters(desk, tenant, { limit: NEWEST, ...(after >= 0n && { after: String(after) }) }, now);
  return letters.filter(({ at }) => Date.parse(at) >= now.getTime() - DAYS_MS).length;
}

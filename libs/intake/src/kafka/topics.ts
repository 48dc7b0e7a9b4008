import type { TopicSettings, TopicWish } from '#kafka';
import { topicIn, topicOfDeadLetters } from '#journey';

const DAY_MS = 86_400_000;
/** As many as there are brokers, where there are fewer. */
const REPLICAS = 3;
/** What the broker says by default, for how long the record is that a sender may write. */
const USUAL_BYTES = 1_048_588;
/** A record that was as long as it may be has to fit among the dead letters, with its reason. */
const LETTER_BYTES = 10 * 1_048_576;

/** Of a topic that is read: how it is made where it is ours, and what is wrong with it. Another's is never made by us. */
function topicRead(tenant: string, name: string): TopicWish {
  const config = { 'cleanup.policy': 'delete', 'retention.ms': String(7 * DAY_MS) };
  return { name, partitions: 6, replicas: REPLICAS, config, create: name === topicIn(tenant), complain: (found) => [...compacted(found, name), ...shortLived(found, name, 1)] };
}

function topicForLetters(tenant: string): TopicWish {
  const name = topicOfDeadLetters(tenant);
  const config = { 'cleanup.policy': 'delete', 'retention.ms': String(30 * DAY_MS), 'max.message.bytes': String(LETTER_BYTES) };
  return { name, partitions: 1, replicas: REPLICAS, config, create: true, complain: (found) => [...compacted(found, name), ...shortLived(found, name, 7), ...narrow(found, name)] };
}

/** All that reading takes: what is read, and whose each is, and where what cannot be taken is laid. */
export const topicsAndLetters = (readers: ReadonlyMap<string, string>): TopicWish[] =>
  [...[...readers].map(([topic, tenant]) => topicRead(tenant, topic)), ...[...new Set(readers.values())].map(topicForLetters)];

const compacted = ({ config }: TopicSettings, name: string): string[] => (config['cleanup.policy']?.includes('compact')
  ? [`${name} has cleanup.policy=${config['cleanup.policy']}: of facts with the same key only the last may be left when it is read; set cleanup.policy=delete.`] : []);

function shortLived({ config }: TopicSettings, name: string, days: number): string[] {
  const kept = Number(config['retention.ms'] ?? -1);
  return kept >= 0 && kept < days * DAY_MS ? [`${name} has retention.ms=${kept}: what is not dealt with by then is lost; set at least ${days * DAY_MS} (${days} days).`] : [];
}

const narrow = ({ config }: TopicSettings, name: string): string[] => (Number(config['max.message.bytes'] ?? Infinity) <= USUAL_BYTES
  ? [`${name} has max.message.bytes=${config['max.message.bytes']}: a long record does not fit in with its reason, and holds up its partition; set ${LETTER_BYTES}.`] : []);

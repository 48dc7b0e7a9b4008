import type { Message, TopicMessages } from 'kafkajs';
import type { Outgoing } from '../port.js';

/** kafkajs makes one record batch of all that a send has for a partition, and a topic takes batches up to its max.message.bytes (1 MiB by default). */
const BYTES = 900_000;
const OVERHEAD = 100;

const length = (part: string | Buffer | null): number => (part === null ? 0 : Buffer.byteLength(part));
const size = ({ key, value, headers = {} }: Outgoing): number =>
  Object.entries(headers).reduce((sum, [name, header]) => sum + name.length + length(header), OVERHEAD + length(key) + length(value));

/** Records in the order given, cut so that no send is larger than a topic takes, unless a single record is. */
export function* inSends(records: readonly Outgoing[]): Generator<TopicMessages[]> {
  let topics = new Map<string, Message[]>();
  let bytes = 0;
  for (const record of records) {
    const more = size(record);
    if (bytes > 0 && bytes + more > BYTES) {
      yield all(topics);
      topics = new Map();
      bytes = 0;
    }
    const { topic, key, value, headers, partition } = record;
    const messages = topics.get(topic) ?? [];
    topics.set(topic, messages);
    messages.push({ key, value, ...(headers && { headers: { ...headers } }), ...(partition !== undefined && { partition }) });
    bytes += more;
  }
  if (bytes > 0) yield all(topics);
}

const all = (topics: ReadonlyMap<string, Message[]>): TopicMessages[] => [...topics].map(([topic, messages]) => ({ topic, messages }));

import type { Admin, Kafka as Client } from 'kafkajs';
import type { TopicFinding, TopicSettings, TopicWish } from '../port.js';
import { failure } from './failure.js';

/** Of the protocol: what a configuration is asked of. */
const TOPIC = 2;

export async function prepared(client: Client, wishes: readonly TopicWish[]): Promise<readonly TopicFinding[]> {
  const admin = client.admin();
  try {
    await admin.connect();
    const there = new Set(await admin.listTopics());
    const missing = wishes.filter(({ name, create: may = true }) => may && !there.has(name));
    if (missing.length > 0) await create(admin, missing);
    const settings = await settingsOf(admin, wishes.filter((wish) => there.has(wish.name) || missing.includes(wish)).map(({ name }) => name));
    return wishes.map((wish) => {
      const found = settings.get(wish.name);
      if (!found) return { name: wish.name, created: false, partitions: 0, complaints: [`There is no topic ${wish.name}, and it is not ours to make.`] };
      return { name: wish.name, created: missing.includes(wish), partitions: found.partitions, complaints: wish.complain(found) };
    });
  } catch (error) {
    throw failure(error, 'Topics could not be prepared');
  } finally {
    await admin.disconnect().catch(() => undefined);
  }
}

/** Not more replicas than there are brokers. What another process created meanwhile is left as it is. */
async function create(admin: Admin, wishes: readonly TopicWish[]): Promise<void> {
  const { brokers } = await admin.describeCluster();
  const topics = wishes.map(({ name, partitions, replicas, config }) => {
    const replicationFactor = Math.min(replicas, brokers.length);
    const inSync = Math.max(1, replicationFactor - 1);
    const configEntries = Object.entries({ 'min.insync.replicas': String(inSync), ...config }).map(([key, value]) => ({ name: key, value }));
    return { topic: name, numPartitions: partitions, replicationFactor, configEntries };
  });
  await admin.createTopics({ topics, waitForLeaders: true });
}

async function settingsOf(admin: Admin, names: readonly string[]): Promise<ReadonlyMap<string, TopicSettings>> {
  if (names.length === 0) return new Map();
  const { topics } = await admin.fetchTopicMetadata({ topics: [...names] });
  const { resources } = await admin.describeConfigs({ includeSynonyms: false, resources: names.map((name) => ({ type: TOPIC, name })) });
  const config = new Map(resources.map(({ resourceName, configEntries }) => [resourceName, Object.fromEntries(configEntries.map((entry) => [entry.configName, entry.configValue]))]));
  return new Map(topics.map(({ name, partitions }) => [name, { partitions: partitions.length, replicas: partitions[0]?.replicas.length ?? 0, config: config.get(name) ?? {} }]));
}

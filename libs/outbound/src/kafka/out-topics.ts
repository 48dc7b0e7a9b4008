import type { TopicWish } from '#kafka';
import type { PublicStream } from '../public-event/public-event.js';
import type { KafkaOutSettings } from './kafka-out-settings.js';

export const topicOf = (tenant: string, stream: PublicStream): string => `touchline.${tenant}.${stream}`;

/**
 * Where a tenant's relay keeps its position, in the transaction of the events. One topic per tenant: a reader of committed records waits for every open
 * transaction of a partition, so in a topic for all a relay that froze would hold up the others.
 */
export const positionTopicOf = (tenant: string): string => `touchline.${tenant}.relay-position`;

const REPLICAS = 3;
const DAY_MS = 86_400_000;
/** Records are written together in batches of up to nearly so many bytes; a single fact is much smaller. */
const LARGEST_BATCH = 2 ** 20;

/** The topic of one stream of facts, as it is created, and what would be wrong with one that is there. */
export const streamTopic = ({ tenant, partitions, retentionDays }: KafkaOutSettings, stream: PublicStream, create: boolean): TopicWish => ({
  name: topicOf(tenant, stream), create, partitions, replicas: REPLICAS,
  config: { 'cleanup.policy': 'delete', 'retention.ms': String(retentionDays === null ? -1 : retentionDays * DAY_MS), 'max.message.bytes': String(2 * LARGEST_BATCH) },
  complain: ({ replicas, config }) => [
    ...safe(replicas, config),
    ...(config['cleanup.policy']?.includes('compact') ? ['cleanup.policy is compact: of each customer only the last fact would stay. Set it to delete'] : []),
    ...(Number(config['max.message.bytes']) < LARGEST_BATCH ? [`max.message.bytes is ${config['max.message.bytes']}: records are written together, up to 1 MiB. Set it to ${LARGEST_BATCH} or more`] : []),
    ...(isShort(config['retention.ms']) ? [`retention.ms is ${config['retention.ms']}: who is away for a day would miss facts. Set it to ${DAY_MS} or more, or -1`] : []),
  ],
});

/** Small segments, cleaned early: the whole topic is read whenever a relay begins. */
export const positionTopic = (tenant: string, create: boolean): TopicWish => ({
  name: positionTopicOf(tenant), create, partitions: 1, replicas: REPLICAS,
  config: { 'cleanup.policy': 'compact', 'segment.bytes': String(8 * 2 ** 20), 'segment.ms': '3600000', 'min.cleanable.dirty.ratio': '0.1', 'delete.retention.ms': '600000' },
  complain: ({ partitions, replicas, config }) => [
    ...safe(replicas, config),
    ...(config['cleanup.policy'] === 'compact' ? [] : [`cleanup.policy is ${config['cleanup.policy']}: the position would be deleted in time. Set it to compact`]),
    ...(partitions === 1 ? [] : [`it has ${partitions} partitions, and needs exactly one`]),
  ],
});

const isShort = (retentionMs: string | undefined): boolean => Number(retentionMs) !== -1 && Number(retentionMs) < DAY_MS;

const safe = (replicas: number, config: Readonly<Record<string, string>>): string[] =>
  (replicas > 1 && Number(config['min.insync.replicas']) < 2 ? [`min.insync.replicas is ${config['min.insync.replicas']} of ${replicas} replicas: a fact that one broker alone has could be lost with it. Set it to 2`] : []);

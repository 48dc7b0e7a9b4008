import { type Database, type EventStore, type Place, type Session, type SubscriptionKind, tell } from '#event-store';
import type { Position } from '#journey';
import type { Kafka, Writer } from '#kafka';
import { PUBLIC_CATEGORIES, publicEvent, streamOf } from '../public-event/public-event.js';
import { type KafkaOutSettings, kafkaOutSettings } from './kafka-out-settings.js';
import { outRecord } from './out-record.js';
import { positionTopic, streamTopic, topicOf } from './out-topics.js';
import { positionRecord, readRelayPosition, type RelayPosition } from './relay-position.js';
import { inThisLife, isNew, knownPosition, mindTopics, RelayHalted } from './relay-start.js';

export interface KafkaOut {
  readonly kafka: Kafka;
  readonly store: EventStore;
  readonly worker: Database;
  /** Where our API is, if known: the schemas of the data are there. */
  readonly publicUrl?: string | undefined;
  readonly warn: (sentence: string) => void;
}

/** Tells Kafka what the log says, of tenants that want it, exactly once for who reads committed records. */
export function kafkaOut(options: KafkaOut): SubscriptionKind {
  const latest = new Map<string, KafkaOutSettings>();
  return {
    kind: 'kafka', categories: PUBLIC_CATEGORIES,
    list: async (sql) => {
      const all = await kafkaOutSettings(sql);
      latest.clear();
      for (const settings of all) latest.set(settings.tenant, settings);
      return all.map(({ tenant, on, relay, start }) => ({ tenant, id: relay, start, resting: !on }));
    },
    open: (place) => openRelay(options, place, () => latest.get(place.tenant)),
  };
}

/** One writer per tenant, whatever relay: whoever takes over fences the one before it, and looks at settings and position only then. */
async function openRelay(options: KafkaOut, { tenant, id, position: checkpoint }: Place, latest: () => KafkaOutSettings | undefined): Promise<Session> {
  const { kafka, store, worker, publicUrl, warn } = options;
  const writer = await kafka.takeOver(`touchline.${tenant}.kafka-out`);
  try {
    let settings = await settingsOf(worker, tenant, id);
    const known = await lookUp(kafka, writer, settings, checkpoint);
    let partitions = await mindStreams(kafka, settings, known);
    const from = await inThisLife(store, tenant, known.position, warn);
    await writer.write([positionRecord(tenant, id, { position: known.position, partitions })]);
    const turnTo = async (now: KafkaOutSettings): Promise<void> => {
      if (now.streams.join() !== settings.streams.join()) partitions = await mindStreams(kafka, now, { partitions });
      settings = now;
    };
    return {
      from,
      handle: async ({ events, upTo }, commit) => {
        const now = latest();
        if (now?.on && now.relay === id && now !== settings) await turnTo(now);
        const records = events.flatMap((event) => {
          const stream = streamOf(event);
          if (stream === null || !settings.streams.includes(stream)) return [];
          const topic = topicOf(tenant, stream);
          // Among as many as it had when the relay began: partitions that are added meanwhile would part a customer's facts.
          return [{ ...outRecord(topic, publicEvent(event, publicUrl)!, settings.mode), partition: kafka.partitionOf(event.stream.id, partitions[topic]!) }];
        });
        if (records.length > 0) await writer.write([...records, positionRecord(tenant, id, { position: upTo, partitions })]);
        await commit();
        if (records.length > 0) tell('delivery', { by: 'kafka', outcome: 'sent', count: records.length });
      },
      close: () => writer.close(),
    };
  } catch (error) {
    await writer.close();
    throw error;
  }
}

async function settingsOf(worker: Database, tenant: string, relay: string): Promise<KafkaOutSettings> {
  const [settings] = await worker.statements((sql) => kafkaOutSettings(sql, tenant));
  if (!settings?.on || settings.relay !== relay) throw new RelayHalted('This relay has ended: the tenant has decided anew about Kafka.');
  return settings;
}

/** What Kafka knows of the relay; a position topic is made only for one that has never told anything. */
async function lookUp(kafka: Kafka, writer: Writer, settings: KafkaOutSettings, checkpoint: Position): Promise<RelayPosition> {
  mindTopics(await kafka.prepareTopics([positionTopic(settings.tenant, isNew(settings, checkpoint))]), {});
  return knownPosition(await readRelayPosition(kafka, writer, settings.tenant, settings.relay), settings, checkpoint);
}

/** A topic is made only where the relay has not written to it yet: one that has gone took facts with it. @returns how many partitions each has, those included that are left out now */
async function mindStreams(kafka: Kafka, settings: KafkaOutSettings, { partitions }: Pick<RelayPosition, 'partitions'>): Promise<Readonly<Record<string, number>>> {
  const wishes = settings.streams.map((stream) => streamTopic(settings, stream, partitions[topicOf(settings.tenant, stream)] === undefined));
  const findings = await kafka.prepareTopics(wishes);
  mindTopics(findings, partitions);
  return { ...partitions, ...Object.fromEntries(findings.map((finding) => [finding.name, finding.partitions])) };
}

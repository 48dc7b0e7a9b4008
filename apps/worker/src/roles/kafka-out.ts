import type { SubscriptionKind } from '#event-store';
import { connectKafka, parseKafkaUrl } from '#kafka';
import { kafkaOut } from '#outbound';
import type { Shared } from './shared.js';

/** Tells Kafka what happened, of tenants that want it. Nothing is connected before one does; each relay closes what it opened. */
export async function tellKafka({ worker, store, kafkaUrl, publicUrl, warn }: Shared): Promise<SubscriptionKind | null> {
  if (kafkaUrl === undefined) return null;
  const kafka = await connectKafka(parseKafkaUrl(kafkaUrl)!, 'touchline-kafka-out');
  return kafkaOut({ kafka, store, worker, publicUrl, warn: (sentence) => warn('Kafka', new Error(sentence)) });
}

import { Intake, KafkaIn } from '#intake';
import { connectKafka, parseKafkaUrl } from '#kafka';
import type { Running, Shared } from './shared.js';

const NOTHING: Running = { stop: async () => undefined };

/** Reads what tenants publish in Kafka. Personal fields are sealed on the way in, so it needs the master key. */
export async function startKafkaIn({ worker, store, keys, kafkaUrl, warn }: Shared): Promise<Running> {
  if (kafkaUrl === undefined) return NOTHING;
  if (!keys) {
    warn('Nothing is read from Kafka', new Error('TOUCHLINE_MASTER_KEY is not set, and without it nothing can be sealed'));
    return NOTHING;
  }
  const kafka = await connectKafka(parseKafkaUrl(kafkaUrl)!, 'touchline-kafka-in');
  const kafkaIn = new KafkaIn({ intake: new Intake(store, worker, keys), worker, kafka, warn });
  kafkaIn.start();
  return { stop: async () => { await kafkaIn.stop(); await kafka.close(); } };
}

import type { FactoryProvider } from '@nestjs/common';
import { connectKafka, type Kafka, parseKafkaUrl } from '#kafka';
import { API_OPTIONS, type ApiOptions } from '../api-options.js';

/** The cluster, where KAFKA_URL names one; it is connected with when it is first asked. */
export const KAFKA = Symbol('Kafka');

export const kafkaProvider: FactoryProvider<Promise<Kafka | null>> = {
  provide: KAFKA, inject: [API_OPTIONS],
  useFactory: async ({ kafkaUrl }: ApiOptions) => (kafkaUrl === undefined ? null : connectKafka(parseKafkaUrl(kafkaUrl)!, 'touchline-api')),
};

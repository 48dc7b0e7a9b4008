/** The stream in which a tenant says what it sends to Kafka. */
export const KAFKA_OUT = { category: 'kafkaout', id: 'settings' } as const;

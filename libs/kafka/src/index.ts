export { KafkaUnavailable } from './errors.js';
export { connectKafka } from './kafkajs/connect.js';
export { type ClusterAddress, parseKafkaUrl } from './kafka-url.js';
export type { Batch, Consumer, Consumption, Incoming, Kafka, Outgoing, TopicFinding, TopicSettings, TopicWish, Writer } from './port.js';

export { KafkaUnavailable, WriterFenced } from './errors.js';
export type { Batch, Consumer, Consumption, Incoming, Kafka, Outgoing, TopicFinding, TopicSettings, TopicWish, Writer } from './port.js';

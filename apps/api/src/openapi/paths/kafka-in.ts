import { DeadLettersQuery, KafkaInDto, ReplayDto } from '../../kafka-in/kafka-in.dto.js';
import { NoQuery } from '../../reads/queries.dto.js';
import { bodySchema } from '../dto-schema.js';
import { json, type Operation } from '../operation.js';
import { ref } from '../schema.js';

const kafka = { tag: 'Kafka', scope: 'admin' } as const;
const answer = (schema: string): Operation['answers'] => ({ 200: { description: 'The answer.', content: json(ref(schema)) } });

export const kafkaInOperations: readonly Operation[] = [
  {
    ...kafka, method: 'get', path: '/v1/kafka/in', id: 'getKafkaIn', query: NoQuery, summary: 'What is read from Kafka, how far, and what is wrong with the topics.',
    description: 'CloudEvents 1.0 in JSON, structured, as a batch or binary, are recorded as `POST /v1/events` would. Nothing is read until it is set so. Asking makes topics of ours that are missing.',
    answers: answer('KafkaIn'), problems: ['invalid-parameter'],
  },
  {
    ...kafka, method: 'put', path: '/v1/kafka/in', id: 'setKafkaIn', query: NoQuery, summary: 'Decides what is read from Kafka.', description: 'Counts within seconds. Who turns it on again goes on where reading had come to.',
    body: { content: json(bodySchema(KafkaInDto), { on: true, reason: 'The service desk publishes there' }) }, answers: answer('KafkaIn'), problems: ['invalid-parameter', 'invalid-body', 'not-ready'],
  },
  {
    ...kafka, method: 'get', path: '/v1/kafka/dead-letters', id: 'listDeadLetters', query: DeadLettersQuery, summary: 'What was read from Kafka and could not be taken, why, and what a replay would make of it now.',
    answers: answer('DeadLetters'), problems: ['invalid-parameter', 'kafka-not-set', 'kafka-unavailable'],
  },
  {
    ...kafka, method: 'post', path: '/v1/kafka/dead-letters/replay', id: 'replayDeadLetters', query: NoQuery, summary: 'Tries dead letters again, and says of each what became of it.',
    description: 'What was recorded stays as it is, so again changes nothing. At most 500 are tried at once; while `next` is not null there are more.',
    body: { content: json(bodySchema(ReplayDto), { reason: 'alias-taken' }) }, answers: answer('ReplayedDeadLetters'), problems: ['invalid-parameter', 'invalid-body', 'kafka-not-set', 'kafka-unavailable'],
  },
];

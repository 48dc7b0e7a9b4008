import { KafkaOutDto } from '../../kafka-out/kafka-out.dto.js';
import { NoQuery } from '../../reads/queries.dto.js';
import { bodySchema } from '../dto-schema.js';
import { json, type Operation } from '../operation.js';
import { ref } from '../schema.js';

const kafka = { tag: 'Kafka', scope: 'admin', path: '/v1/kafka/out', query: NoQuery } as const;
const answers: Operation['answers'] = { 200: { description: 'The answer.', content: json(ref('KafkaOut')) } };

export const kafkaOutOperations: readonly Operation[] = [
  {
    ...kafka, method: 'get', id: 'getKafkaOut', summary: 'What is sent to Kafka, how far, and what is wrong.',
    description: 'Public facts as CloudEvents 1.0, in order per customer, who is the key. A consumer that reads committed records only sees each once. Nothing is sent until it is set so.', answers, problems: ['invalid-parameter'],
  },
  {
    ...kafka, method: 'put', id: 'setKafkaOut', summary: 'Decides what is sent to Kafka.',
    description: 'Counts within seconds. Who turns it on again, or changes how, goes on where it had come to; with `start` it begins anew, also where Kafka has lost its topics.',
    body: { content: json(bodySchema(KafkaOutDto), { on: true, start: 'now', reason: 'The data platform reads there' }) }, answers, problems: ['invalid-parameter', 'invalid-body', 'foreign-epoch', 'not-ready'],
  },
];

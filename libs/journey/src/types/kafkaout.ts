import { eventType } from '../event-type.js';
import { choice, code, count, fields, label, list, yesNo } from '../shapes.js';

const start = { type: 'string', pattern: '^[0-9]{1,9}\\.[0-9]{1,18}$', maxLength: 30, personal: false, description: 'After which position of the log it begins; left out: at the beginning.' } as const;

export const kafkaoutTypes = [
  eventType({
    type: 'kafkaout.set', version: 1, internal: true,
    description: 'It was decided what goes to Kafka.',
    schema: fields({
      on: yesNo('Whether anything goes there.'),
      relay: code('Which relay this is: another one begins at its own start, the same goes on where it had come to.'),
      streams: { ...list(choice(['journey', 'insight'], 'Facts of customers, or what follows from them.'), 'What goes there, each to a topic of its own.', 2), minItems: 1, uniqueItems: true },
      mode: choice(['binary', 'structured'], 'How a CloudEvent becomes a record: attributes as headers and data as value, or all of it as value.'),
      partitions: { ...count('Of a topic that is created.', 1_000), minimum: 1 },
      reason: label('Why, in a few words without names of persons.'),
    }, { retentionDays: { ...count('So long a topic that is created keeps its records; left out: for ever.', 36_500), minimum: 1 }, start }),
    example: { on: true, relay: 'k-6f1c2b7e', streams: ['journey', 'insight'], mode: 'binary', partitions: 6, reason: 'The data platform reads there', retentionDays: 30, start: '1.48211' },
  }),
] as const;

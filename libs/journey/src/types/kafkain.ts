import { eventType } from '../event-type.js';
import { fields, label, list, yesNo } from '../shapes.js';

const topic = { type: 'string', pattern: '^[A-Za-z0-9._-]{1,249}$', maxLength: 249, personal: false, description: 'Name of a topic.' } as const;

export const kafkainTypes = [
  eventType({
    type: 'kafkain.set', version: 1, internal: true,
    description: 'It was decided what is read from Kafka.',
    schema: fields(
      { on: yesNo('Whether anything is read.'), reason: label('Why, in a few words without names of persons.') },
      { topics: { ...list(topic, 'The topics that are read; left out: the one that is called after the tenant.', 20), minItems: 1, uniqueItems: true } },
    ),
    example: { on: true, topics: ['touchline.acme.in'], reason: 'The service desk publishes there' },
  }),
] as const;

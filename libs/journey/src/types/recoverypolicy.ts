import { eventType } from '../event-type.js';
import { code, count, fields, label, list } from '../shapes.js';

const minutes = (description: string) => ({ ...count(description, 1_000_000), minimum: 1 }) as const;
const someOf = (items: ReturnType<typeof code> | ReturnType<typeof label>, description: string) => ({ ...list(items, description, 50), minItems: 1 }) as const;
const escalateTo = code('Who is told when a clock runs out: our own id of a person.');

export const recoverypolicyTypes = [
  eventType({
    type: 'recoverypolicy.set', version: 1, internal: true,
    description: 'It was decided who looks after recoveries, and how long each step may take.',
    schema: fields({
      clocks: {
        ...fields({ look: minutes('For the first look.'), contact: minutes('For the first contact.'), close: minutes('For the close.') }),
        description: 'Working minutes from when we knew of it.',
      },
      rules: list({
        ...fields({}, {
          queues: someOf(label('One of them.'), 'Only where a ticket of these queues is behind it.'), segments: someOf(label('One of them.'), 'Only of customers of these segments.'),
          instruments: someOf(label('One of them.'), 'Only after answers to these questionnaires, by name or kind.'), customerOwners: someOf(code('One of them.'), 'Only of customers whom these look after.'),
          owner: code('Who looks after the recovery; left out: who looks after the customer.'), escalateTo,
        }),
        description: 'A rule: all that it names must fit.',
      }, 'Who looks after it: the first rule that fits says so. Without one: who looks after the customer.', 50),
      reason: label('Why, in a few words without names of persons.'),
    }, { otherwise: code('Who looks after recoveries of customers whom nobody looks after.'), escalateTo }),
    check: ({ clocks: { look, contact, close } }) => [
      ...(look > contact ? [{ path: ['clocks', 'contact'], message: `the first contact (${contact} minutes) cannot be due before the first look (${look})` }] : []),
      ...(contact > close ? [{ path: ['clocks', 'close'], message: `the close (${close} minutes) cannot be due before the first contact (${contact})` }] : []),
    ],
    example: {
      clocks: { look: 120, contact: 480, close: 2400 }, rules: [{ queues: ['Workplace'], segments: ['enterprise'], owner: 'jonas' }, { instruments: ['nps'], escalateTo: 'head-of-service' }],
      otherwise: 'service-desk', escalateTo: 'head-of-service', reason: 'Agreed with the service desk',
    },
  }),
] as const;

import { eventType } from '../event-type.js';
import { choice, code, contactRef, day, fields, price } from '../shapes.js';

const renewal = code('Number of the renewal.');
const subscription = code('The subscription it is about.');
const recurring = price('What is to be paid per interval.');
const interval = choice(['month', 'quarter', 'year'], 'How often the recurring amount is paid.');

export const renewalTypes = [
  eventType({
    type: 'renewal.opened', version: 1,
    description: 'Work on the next term began.',
    schema: fields({ renewal, subscription, dueOn: day('Day by which it must be decided.') }, { recurring }),
    example: { renewal: 'R-77', subscription: 'S-310', dueOn: '2027-04-01', recurring: { amount: 412_500, currency: 'EUR' } },
  }),
  eventType({
    type: 'renewal.quoted', version: 1,
    description: 'The customer got an offer for the next term.',
    schema: fields({ renewal, recurring }, { interval }),
    example: { renewal: 'R-77', recurring: { amount: 425_000, currency: 'EUR' }, interval: 'month' },
  }),
  eventType({
    type: 'renewal.decided', version: 1, person: 'contact',
    description: 'The customer said yes or no to the next term; when it takes effect is another fact.',
    schema: fields({ renewal, decision: choice(['yes', 'no'], 'What was decided.') }, { contact: contactRef('Who decided.') }),
    example: { renewal: 'R-77', decision: 'yes', contact: { system: 'crm', id: 'P-2207' } },
  }),
  eventType({
    type: 'renewal.renewed', version: 1,
    description: 'The next term is agreed.',
    schema: fields({ renewal, subscription, renewsOn: day('Day on which the new term ends or renews.') }, { recurring, interval, because: choice(['escalator', 'price', 'volume', 'product', 'other'], 'Why the amount changed; escalator: a rise that the contract had agreed in advance.') }),
    example: { renewal: 'R-77', subscription: 'S-310', renewsOn: '2029-04-01', recurring: { amount: 425_000, currency: 'EUR' }, interval: 'month' },
  }),
  eventType({
    type: 'renewal.lapsed', version: 1,
    description: 'The term ended without a renewal.',
    schema: fields({ renewal }, { subscription }),
    example: { renewal: 'R-77', subscription: 'S-310' },
  }),
] as const;

import { eventType } from '../event-type.js';
import { code, contactRef, day, fields, label, list, text } from '../shapes.js';

const initiative = code('Id of the initiative.');
const request = { ...fields({ customer: code('Our own id of the customer who asked.'), feedback: code('Number of the request, as `feedback.request-raised` has it.') }), description: 'One request of a customer.' } as const;
const requests = list(request, 'Requests of customers that it answers.', 1_000);
const who = { system: 'crm', id: 'P-2207' };

export const initiativeTypes = [
  eventType({
    type: 'initiative.started', version: 1, internal: true,
    description: 'We began to change something of ours for customers.',
    schema: fields({ initiative, title: label('What it is, in a few words.') }, {
      strategy: code('Aim of our strategy that it serves, as a key of ours.'), themes: list(code('A theme, as a key of ours.'), 'Themes of requests that it is about.', 20), requests,
      owner: code('Who of ours answers for it.'), dueOn: day('Day by which it is to be there.'),
    }),
    example: { initiative: 'I-7', title: 'Printing from tablets', strategy: 'mobile-first', themes: ['printing'], requests: [{ customer: 'c-2207', feedback: 'F-12' }], owner: 'petra', dueOn: '2027-03-31' },
  }),
  eventType({
    type: 'initiative.requests-linked', version: 1, internal: true,
    description: 'An initiative turned out to answer more requests.',
    schema: fields({ initiative, requests: { ...requests, minItems: 1 } as const }),
    example: { initiative: 'I-7', requests: [{ customer: 'c-2208', feedback: 'F-31' }] },
  }),
  eventType({
    type: 'initiative.customer-linked', version: 1,
    description: 'An initiative of ours answers requests of this customer.',
    schema: fields({ initiative }, { title: label('What it is, in a few words.'), requests: list(code('Number of a request.'), 'Which of its requests.') }),
    example: { initiative: 'I-7', title: 'Printing from tablets', requests: ['F-12'] },
  }),
  eventType({
    type: 'initiative.delivered', version: 1,
    description: 'This customer, or in the stream of the initiative everybody, can use what the initiative was about.',
    schema: fields({ initiative }),
    example: { initiative: 'I-7' },
  }),
  eventType({
    type: 'initiative.customer-told', version: 1, person: 'contact',
    description: 'We told this customer what came of the initiative.',
    schema: fields({ initiative }, { contact: contactRef('Who at the customer was told.'), note: text('What should be remembered about it.') }),
    example: { initiative: 'I-7', contact: who, note: 'Will try it in hall 3.' },
  }),
  eventType({
    type: 'initiative.dropped', version: 1,
    description: 'We gave the initiative up.',
    schema: fields({ initiative }, { reason: code('Why, as a key of ours.') }),
    example: { initiative: 'I-7', reason: 'too-costly' },
  }),
] as const;
